using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing;

/// <summary>In what a slip is made.</summary>
public enum SlipTarget
{
    /// <summary>The novel's own words, at an offset.</summary>
    Novel,

    /// <summary>The annotation of one scene.</summary>
    Scene,

    /// <summary>One of the other files.</summary>
    File,
}

/// <summary>A replacement in an annotated novel.</summary>
/// <param name="Target">In what.</param>
/// <param name="Name">The scene's id or the file's path; empty for the novel.</param>
/// <param name="Offset">The offset in the novel as it is, in UTF-16 code units; zero elsewhere.</param>
/// <param name="Old">The words that stand there, exactly once in a scene or file.</param>
/// <param name="New">What stands there afterwards.</param>
public sealed record Slip(SlipTarget Target, string Name, int Offset, string Old, string New);

/// <summary>A novel that is no part of the repository, with what the repository says of its scenes put in between (see README.md).</summary>
public sealed class AnnotatedNovel
{
    /// <summary>The path of the copy in the workspace.</summary>
    public const string Path = "novel.md";

    private readonly string _novel;
    private readonly List<Annotation> _annotations;
    private readonly Dictionary<string, string> _files;

    private AnnotatedNovel(string novel, List<Annotation> annotations, Dictionary<string, string> files)
    {
        _novel = novel;
        _annotations = annotations;
        _files = files;
    }

    /// <summary>The ids of the scenes, in the order of the novel.</summary>
    public IEnumerable<string> Scenes => _annotations.Where(annotation => annotation.Heading is not null).Select(annotation => annotation.Id);

    /// <summary>Reads an annotation: <c>scenes.txt</c> and the folder <c>workspace</c>. Words that do not stand where it says are an error.</summary>
    /// <param name="folder">The folder of the annotation.</param>
    /// <param name="novelPath">The path of the novel.</param>
    public static AnnotatedNovel Read(string folder, string novelPath)
    {
        var novel = File.ReadAllText(novelPath);
        var annotations = Annotation.ReadAll(File.ReadAllLines(System.IO.Path.Combine(folder, "scenes.txt")));
        foreach (var annotation in annotations)
        {
            Check(novel, annotation.Offset, annotation.Words);
        }

        var workspace = System.IO.Path.Combine(folder, "workspace");
        var files = Directory.EnumerateFiles(workspace, "*", SearchOption.AllDirectories).ToDictionary(
            path => System.IO.Path.GetRelativePath(workspace, path).Replace('\\', '/'), File.ReadAllText);
        return new AnnotatedNovel(novel, annotations, files);
    }

    /// <summary>The copy without a slip.</summary>
    public NovelCopy Clean() => With([]);

    /// <summary>The copy with slips in it.</summary>
    public NovelCopy With(IReadOnlyList<Slip> slips)
    {
        var copy = new NovelCopy(new Dictionary<string, string>(_files));
        foreach (var slip in slips.Where(slip => slip.Target == SlipTarget.File))
        {
            copy.Texts[slip.Name] = Replace(copy.Texts[slip.Name], slip);
        }

        var builder = new StringBuilder(_novel.Length + 100_000);
        var at = 0;
        var pieces = _annotations.Select((annotation, i) => (annotation.Offset, Order: i, Annotation: (Annotation?)annotation, Slip: (Slip?)null))
            .Concat(slips.Where(slip => slip.Target == SlipTarget.Novel).Select(slip => (slip.Offset, Order: int.MaxValue, Annotation: (Annotation?)null, Slip: (Slip?)slip)))
            .OrderBy(piece => piece.Offset).ThenBy(piece => piece.Order);
        foreach (var piece in pieces)
        {
            builder.Append(_novel, at, piece.Offset - at);
            at = piece.Offset;
            var start = builder.Length;
            if (piece.Annotation is { } annotation)
            {
                var text = slips.Where(slip => slip.Target == SlipTarget.Scene && slip.Name == annotation.Id).Aggregate(annotation.Markdown(), Replace);
                builder.Append(text.Replace("\n", LineEndBefore(at), StringComparison.Ordinal));
                copy.Places[annotation.Id] = TextSpan.FromBounds(start, builder.Length);
            }
            else if (piece.Slip is { } slip)
            {
                Check(_novel, slip.Offset, slip.Old);
                builder.Append(slip.New);
                at += slip.Old.Length;
                copy.Places["@" + slip.Offset.ToString(CultureInfo.InvariantCulture)] = TextSpan.FromBounds(start, builder.Length);
            }
        }

        builder.Append(_novel, at, _novel.Length - at);
        copy.Texts[Path] = builder.ToString();
        return copy;
    }

    private static string Replace(string text, Slip slip)
    {
        var at = text.IndexOf(slip.Old, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(slip.Old, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidDataException($"`{slip.Old}` is not in {slip.Name} exactly once.");
        }

        return text.Remove(at, slip.Old.Length).Insert(at, slip.New);
    }

    private static void Check(string novel, int offset, string words)
    {
        if (string.CompareOrdinal(novel, offset, words, 0, words.Length) != 0)
        {
            throw new InvalidDataException($"The novel has no `{words}` at {offset}. Is it another edition?");
        }
    }

    private string LineEndBefore(int offset) => offset > 1 && _novel[offset - 2] == '\r' ? "\r\n" : "\n";
}

/// <summary>The texts of an annotated novel, and where its annotations and slips are in the copy.</summary>
/// <param name="Texts">All files, by path.</param>
public sealed record NovelCopy(Dictionary<string, string> Texts)
{
    /// <summary>Where the annotation of a scene is, by id, and where a replacement in the novel is, by <c>@offset</c>.</summary>
    public Dictionary<string, TextSpan> Places { get; } = [];
}
