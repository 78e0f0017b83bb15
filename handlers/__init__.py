"""What is done for each thing said or due: one module per capability, and the wording."""
