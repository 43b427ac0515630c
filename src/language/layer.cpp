// Placeholder so that the layer builds; goes when the layer has its first source.
