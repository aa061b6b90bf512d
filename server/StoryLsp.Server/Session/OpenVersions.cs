namespace StoryLsp.Server.Session;

/// <summary>
/// The versions of the open documents at one moment. It is taken with the snapshot that an edit is made from: a version that came later would let the
/// editor put the edit into a text that it was not made for.
/// </summary>
internal sealed class OpenVersions(IEnumerable<OpenFile> files)
{
    private readonly Dictionary<string, int> _versions = files.ToDictionary(file => file.AbsolutePath, file => file.Version, StringComparer.Ordinal);

    /// <summary>The version of a file of a story; null where it was not open.</summary>
    public int? Of(StoryFolder story, string path) => _versions.TryGetValue(story.AbsolutePath(path), out var version) ? version : null;
}
