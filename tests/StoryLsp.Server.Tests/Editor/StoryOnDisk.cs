using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>A fixture written into a folder of its own, deleted afterwards.</summary>
internal sealed class StoryOnDisk : IDisposable
{
    private readonly string _own;
    private readonly Dictionary<string, FixtureFile> _files;

    public StoryOnDisk(string fixture, string name = "story")
    {
        _own = Path.Combine(Path.GetTempPath(), "storylsp-tests", Guid.NewGuid().ToString("N"));
        Root = Path.Combine(_own, name);
        Directory.CreateDirectory(Root);
        _files = fixture.Length == 0 ? [] : FixtureFile.Parse(fixture).ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var file in _files.Values)
        {
            Write(file.Path, file.Text);
        }
    }

    public string Root { get; }

    /// <summary>The file with the cursor.</summary>
    public string CursorPath => _files.Values.Single(file => file.Cursor is not null).Path;

    public FixtureFile File(string path) => _files[path];

    public string PathOf(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    public string Read(string path) => System.IO.File.ReadAllText(PathOf(path), new UTF8Encoding(false));

    public void Write(string path, string text) => Write(path, new UTF8Encoding(false).GetBytes(text));

    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        System.IO.File.WriteAllBytes(PathOf(path), bytes);
    }

    public object PositionOf(string path, int offset, PositionEncoding encoding)
    {
        var position = SourceText.From(_files[path].Text).GetPosition(offset, encoding);
        return new { line = position.Line, character = position.Character };
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_own, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that just ended may still hold a file; the folder lies among the temporary ones.
        }
    }
}
