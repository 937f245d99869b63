"""What earlier builds left, and which of it still holds: documents, texts and outputs, each with what it read."""
