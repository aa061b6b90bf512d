using System.Collections.Concurrent;
using System.Text;
using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing;

/// <summary>A finding and the file that it is in.</summary>
/// <param name="Path">Workspace-relative path.</param>
/// <param name="Finding">The finding.</param>
public sealed record FoundFinding(string Path, Finding Finding);

/// <summary>A marked range and the file that it is in.</summary>
/// <param name="Path">Workspace-relative path.</param>
/// <param name="Span">The range.</param>
public sealed record Mark(string Path, TextSpan Span);

/// <summary>A workspace in memory, made of a fixture (see README.md): nothing is read from or written to the disk.</summary>
public sealed class FixtureWorkspace : IDocumentSource
{
    private static readonly string[] IndexedExtensions = [".md", ".markdown", ".yaml", ".yml", ".fountain"];

    private readonly Dictionary<string, FixtureFile> _files;
    private readonly ConcurrentDictionary<string, SourceText> _texts = new();
    private readonly ConcurrentDictionary<string, Document> _documents = new();
    private readonly Findings _findings = new();
    private readonly ReadingContext _context;

    private FixtureWorkspace(IEnumerable<FixtureFile> files, bool isComplete = true)
    {
        _files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var settings = _files.ContainsKey(SettingsReader.FileName) ? SettingsReader.Read(Text(SettingsReader.FileName)!) : StorySettings.None;
        var schemas = SchemaSet.Load(IndexedPaths
            .Where(path => DocumentReader.KindOf(path) == DocumentKind.Schema)
            .Select(path => KeyValuePair.Create(path, Text(path)!)));
        _context = new ReadingContext(schemas, settings, Findings.DocumentRules);
        Snapshot = Snapshot.Empty(Root, settings, schemas, this)
            .With([.. IndexedPaths.Select(path => Document(path, null!)!.Facts)], [], FileSet.Of(_files.Keys), isComplete);
    }

    /// <summary>A folder that does not exist; absolute paths and URIs in tests begin with it.</summary>
    public static string Root { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "storylsp-fixture");

    /// <summary>The snapshot of all files.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The files as the fixture gives them.</summary>
    public IReadOnlyCollection<FixtureFile> Files => _files.Values;

    /// <summary>The file with the cursor.</summary>
    public string CursorPath => CursorFile.Path;

    /// <summary>The cursor's offset, in UTF-16 code units.</summary>
    public int CursorOffset => CursorFile.Cursor!.Value;

    /// <summary>The marked ranges of all files, in the order of the fixture.</summary>
    public IReadOnlyList<Mark> Marks => [.. _files.Values.SelectMany(file => file.Marks.Select(span => new Mark(file.Path, span)))];

    private FixtureFile CursorFile => _files.Values.SingleOrDefault(file => file.Cursor is not null)
        ?? throw new InvalidOperationException("The fixture has no cursor ($0), or several.");

    private IEnumerable<string> IndexedPaths =>
        _files.Keys.Where(path => IndexedExtensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant()));

    /// <summary>The workspace of a fixture; text before the first <c>//- path</c> is <c>note.md</c>.</summary>
    /// <param name="fixture">The fixture.</param>
    /// <param name="isComplete">Whether the snapshot says that the first index is complete.</param>
    public static FixtureWorkspace Of(string fixture, bool isComplete = true) => new(FixtureFile.Parse(fixture), isComplete);

    /// <summary>The workspace of texts that hold no marks.</summary>
    public static FixtureWorkspace OfTexts(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(text => FixtureFile.Plain(text.Key, text.Value)));

    /// <summary>The workspace that the files of a folder make, without dot-folders. Large binary files count as files alone.</summary>
    public static FixtureWorkspace OfFolder(string folder)
    {
        var files = new List<FixtureFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (relative.Split('/').Any(part => part.StartsWith('.')))
            {
                continue;
            }

            var isText = IndexedExtensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());
            files.Add(FixtureFile.Plain(relative, isText ? File.ReadAllText(path) : ""));
        }

        return new FixtureWorkspace(files);
    }

    /// <summary>The text of a file, or null.</summary>
    public SourceText? Text(string path) =>
        _files.TryGetValue(path, out var file) ? _texts.GetOrAdd(path, _ => SourceText.From(file.Text)) : null;

    /// <inheritdoc/>
    public Document? Document(string path, Snapshot snapshot) =>
        Text(path) is { } text ? _documents.GetOrAdd(path, _ => DocumentReader.Read(path, text, _context)) : null;

    /// <summary>The document of a file that the fixture has.</summary>
    public Document Document(string path) => Document(path, Snapshot) ?? throw new ArgumentException("The fixture has no file " + path);

    /// <summary>All findings, by path and then by place.</summary>
    public IReadOnlyList<FoundFinding> AllFindings() =>
        [.. IndexedPaths.Order(StringComparer.Ordinal).SelectMany(path => _findings.Of(Snapshot, path).Select(finding => new FoundFinding(path, finding)))];

    /// <summary>The quick fixes of a finding.</summary>
    public IReadOnlyList<Fix> FixesOf(FoundFinding found) => _findings.FixesOf(Snapshot, found.Path, found.Finding);

    /// <summary>The workspace after a change. Marks and expected findings are gone.</summary>
    public FixtureWorkspace Apply(WorkspaceChange change)
    {
        var texts = _files.Values.ToDictionary(file => file.Path, file => file.Text);
        foreach (var file in change.Files)
        {
            switch (file)
            {
                case TextChange edit:
                    AssertApart(edit);
                    texts[edit.Path] = Text(edit.Path)!.WithEdits(edit.Edits).Text;
                    break;
                case FileCreation creation:
                    Assert.That(texts.TryAdd(creation.Path, creation.Text), Is.True, $"The change creates {creation.Path}, which is there already.");
                    break;
                case FileDeletion:
                    Assert.That(texts.Remove(file.Path), Is.True, $"The change deletes {file.Path}, which is not there.");
                    break;
                case FileMove move:
                    Assert.That(texts.Remove(move.Path, out var text) && texts.TryAdd(move.To, text), Is.True, $"The change moves {move.Path} to {move.To}, which cannot be.");
                    break;
                default:
                    throw new InvalidOperationException("A change of a kind that fixtures do not know: " + file.GetType().Name);
            }
        }

        return OfTexts(texts);
    }

    /// <summary>All files as one text, each behind its <c>//- path</c>; line ends other than LF are shown.</summary>
    public string Render()
    {
        var builder = new StringBuilder();
        foreach (var file in _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            builder.Append("//- ").Append(file.Path).Append('\n').Append(file.Text.Replace("\r", "␍", StringComparison.Ordinal));
        }

        return builder.ToString();
    }

    /// <summary>Writes the files into a folder, for tests that need a disk.</summary>
    public void WriteTo(string folder)
    {
        foreach (var file in _files.Values)
        {
            var path = System.IO.Path.Combine(folder, file.Path.Replace('/', System.IO.Path.DirectorySeparatorChar));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
    }

    /// <summary>The workspace has exactly the findings that stand in the fixture.</summary>
    /// <param name="only">Rules or groups (<c>ref/*</c>) that are looked at; none: all.</param>
    public void AssertFindings(params string[] only)
    {
        var actual = AllFindings().Where(found => only.Length == 0 || only.Any(pattern => StorySettings.Covers(pattern, found.Finding.Code))).ToList();
        var report = new StringBuilder();
        foreach (var file in _files.Values)
        {
            foreach (var expected in file.Expected)
            {
                var match = actual.FirstOrDefault(found => found.Path == file.Path && Fits(expected, found.Finding));
                if (match is null)
                {
                    report.Append("missing:    ").Append(file.Path).Append(' ').Append(Place(file.Path, expected.Span)).Append(' ')
                        .Append(expected.Code).Append(' ').Append(expected.Severity).Append(": ").Append(expected.Message).Append('\n');
                }
                else
                {
                    actual.Remove(match);
                }
            }
        }

        foreach (var found in actual)
        {
            report.Append("unexpected: ").Append(Describe(found)).Append('\n');
        }

        Assert.That(report.ToString(), Is.Empty);
    }

    /// <summary>A finding in one line: path, place, code, severity, text at fault and message.</summary>
    public string Describe(FoundFinding found) =>
        $"{found.Path} {Place(found.Path, found.Finding.Span)} {found.Finding.Code} {found.Finding.Severity} `{Text(found.Path)!.Slice(found.Finding.Span).ReplaceLineEndings("⏎")}`: {found.Finding.Message}";

    private static bool Fits(ExpectedFinding expected, Finding finding) =>
        expected.Code == finding.Code &&
        (expected.IsOpen ? expected.Span.Start == finding.Span.Start : expected.Span == finding.Span) &&
        (expected.Severity is null || expected.Severity == finding.Severity) &&
        (expected.Message is null || finding.Message.Contains(expected.Message, StringComparison.Ordinal));

    private string Place(string path, TextSpan span)
    {
        var position = Text(path)!.GetPosition(span.Start);
        return $"{position.Line + 1}:{position.Character + 1}+{span.Length}";
    }

    private static void AssertApart(TextChange change)
    {
        var end = 0;
        foreach (var edit in change.Edits.OrderBy(edit => edit.Span.Start))
        {
            Assert.That(edit.Span.Start, Is.GreaterThanOrEqualTo(end), "Edits overlap.");
            end = edit.Span.End;
        }
    }
}
