"""What is proposed to a reviewer: suggestions with proof, reasons, verdict, and which are safe."""
