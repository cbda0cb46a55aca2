"""Documents that add up, slips put into them, and how well repairs undoes them."""
