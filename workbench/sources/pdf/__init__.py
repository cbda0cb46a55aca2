"""PDF pages by pdfium: characters, boxes, rules, clips, notes."""
