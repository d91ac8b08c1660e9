"""The sheets of plan.xlsx, a module each; ``outputs.xlsx`` puts them together."""
