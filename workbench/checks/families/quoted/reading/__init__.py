"""What a figure of the running text names: the words around it, its section, the cells that it quotes."""
