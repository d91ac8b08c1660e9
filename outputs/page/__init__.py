"""The parts of rapport.html: templates, plots and the shapes they draw."""
