"""Running text taken from PDFs: empty cells vanished, labels, codes and figures wrapped."""
