"""The manifest of a release, the register and waivers."""
