using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing;

/// <summary>
/// Compares the mentions that the product finds with those that a reader labelled, as <c>tests/data/gold/README.md</c> says. Nothing of the labels
/// may flow back into the matcher.
/// </summary>
public sealed class GoldMentions
{
    private readonly List<string> _false = [];
    private readonly List<string> _missed = [];

    /// <summary>The novels that are labelled: the name of the cast and of the labels, and the file of the text.</summary>
    public static IReadOnlyList<(string Name, string File)> Novels { get; } =
        [("styles", "novels/The Mysterious Affair at Styles.md"), ("scarlet", "novels/A Study in Scarlet.md")];

    /// <summary>How many found mentions are right.</summary>
    public int Right { get; private set; }

    /// <summary>How many of them have the very start and end of the label.</summary>
    public int StrictlyRight { get; private set; }

    /// <summary>How many found mentions are wrong, each with its place.</summary>
    public IReadOnlyList<string> False => _false;

    /// <summary>The labels that must be found and were not.</summary>
    public IReadOnlyList<string> Missed => _missed;

    /// <summary>How many labels must be found.</summary>
    public int Expected { get; private set; }

    /// <summary>The share of what was found that is right.</summary>
    public double Precision => Right / (double)Math.Max(1, Right + _false.Count);

    /// <summary>The share of what is to be found that was found.</summary>
    public double Recall => Right / (double)Math.Max(1, Expected);

    /// <summary>Looks for mentions in the labelled places of a novel.</summary>
    /// <param name="name">The novel, as in <see cref="Novels"/>.</param>
    /// <param name="text">Its text.</param>
    public GoldMentions Add(string name, string text)
    {
        var cast = Path.Combine(Repository.Root, "tests", "data", "novels", name);
        var files = Directory.EnumerateFiles(cast, "*.yaml").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        files.Add("novel.md", text);
        var snapshot = FixtureWorkspace.OfTexts(files).Snapshot;
        var found = snapshot.Mentions.In("novel.md");
        var places = Rows(name + ".places.tsv").ToDictionary(row => row[0], row => SpanOf(row[1], row[2]));
        var labels = Rows(name + ".labels.tsv").Select(row => new Label(row[0], SpanOf(row[1], row[2]), row[3], row[4].Split('|'), row[6])).ToLookup(label => label.Place);
        foreach (var (place, span) in places)
        {
            Compare(snapshot, text, found.Where(mention => span.Contains(mention.Span)), [.. labels[place]], place);
        }

        return this;
    }

    private void Compare(Snapshot snapshot, string text, IEnumerable<ContainerMention> found, List<Label> labels, string place)
    {
        Expected += labels.Count(label => label.Expected == "yes");
        var taken = new HashSet<Label>();
        foreach (var mention in found.OrderByDescending(mention => mention.Span.Length))
        {
            var meant = snapshot.Mentions.Meant("novel.md", mention).Select(key => snapshot.IdOf(snapshot.ContainersIn(key.Path)[key.Index])).ToList();
            var right = labels.Find(label => label.Expected == "yes" && label.Span.Overlaps(mention.Span) && meant.Exists(label.Containers.Contains) && !taken.Contains(label));
            if (right is not null)
            {
                taken.Add(right);
                Right++;
                StrictlyRight += right.Span.End == mention.Span.End && (right.Span.Start == mention.Span.Start || right.Span.Start == mention.NameSpan.Start || mention.Span.Start > right.Span.Start) ? 1 : 0;
            }
            else if (!labels.Exists(label => label.Expected == "either" && label.Span.Overlaps(mention.Span)))
            {
                _false.Add($"{place}: {Around(text, mention.Span)} = {string.Join('|', meant)}");
            }
        }

        _missed.AddRange(labels.Where(label => label.Expected == "yes" && !taken.Contains(label)).Select(label => $"{place}: {Around(text, label.Span)} = {string.Join('|', label.Containers)}"));
    }

    private static string Around(string text, TextSpan span) =>
        (text[Math.Max(0, span.Start - 30)..span.Start] + "[" + text.Substring(span.Start, span.Length) + "]" + text[span.End..Math.Min(text.Length, span.End + 30)]).ReplaceLineEndings(" ");

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "data", "gold", file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));

    private static TextSpan SpanOf(string offset, string length) =>
        new(int.Parse(offset, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture));

    private sealed record Label(string Place, TextSpan Span, string Text, string[] Containers, string Expected);
}
