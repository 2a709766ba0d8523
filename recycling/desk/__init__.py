"""Reading the returns desk: the cards of a tab, and everything that one card says. Nothing here changes anything."""
