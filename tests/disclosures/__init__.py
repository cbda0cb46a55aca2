"""Made-up budgets and final accounts in the layouts of many regions, right to the last place:
what no check may fail on."""
