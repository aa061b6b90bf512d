using NUnit.Framework;

// Each test has a folder, a server or a process of its own.
[assembly: Parallelizable(ParallelScope.All)]
