global using NUnit.Framework;
global using StoryLsp.Testing;
