"""Forms of projects and of their evaluation: their budgets, their indicators, their scores."""
