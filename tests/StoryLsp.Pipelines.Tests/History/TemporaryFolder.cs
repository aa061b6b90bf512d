namespace StoryLsp.Pipelines.Tests.History;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Directory.CreateDirectory(Root);

    // In memory where the system has such a folder: the history waits for the disk with each commit, and these tests commit thousands of times.
    public string Root { get; } = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "storylsp-history-" + Guid.NewGuid().ToString("N"));

    public string this[string path]
    {
        get => File.ReadAllText(Path.Combine(Root, path));
        set
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
            File.WriteAllText(Path.Combine(Root, path), value);
        }
    }

    public bool Has(string path) => File.Exists(Path.Combine(Root, path));

    public string? TextOf(string path) => Has(path) ? this[path] : null;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
