using System.Text.RegularExpressions;
using StoryLsp.Language.Text;
using StoryLsp.Testing.Worlds.Faults;

namespace StoryLsp.Testing.Worlds;

/// <summary>
/// Real prose with misspelled names: copies of novels, made when the bench runs, in which single occurrences of names of the cast have one slip
/// (two in names of eight letters and more).
/// </summary>
public sealed partial class NovelDrift
{
    private const string Code = "name/drift";

    /// <summary>The novels: the folder of the cast, and the file of the text in the real data.</summary>
    public static IReadOnlyList<(string Name, string File)> Novels { get; } =
    [
        ("styles", "novels/The Mysterious Affair at Styles.md"), ("scarlet", "novels/A Study in Scarlet.md"), ("alice", "novels/Alice's Adventures in Wonderland.md"),
        ("crime", "novels/Crime and Punishment.md"), ("war", "novels/War and Peace.md"),
    ];

    /// <summary>
    /// Misprints that the files have of themselves, each read in its place: the name is right everywhere else, and nobody else is called so. To find them is no
    /// false alarm, and not to find them is no miss.
    /// </summary>
    private static readonly string[] Misprints =
        ["Inglethorpe", "Svidrigraïlovs", "Semyonova", "Nokolay", "Ianovich", "Dohkturov", "Koslovski", "Iligin", "Balashav"];

    /// <summary>How many slips were planted.</summary>
    public int Planted { get; private set; }

    /// <summary>How many of them were found.</summary>
    public int Found { get; private set; }

    /// <summary>Slips that were not found.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Findings where nothing was planted.</summary>
    public List<string> FalseAlarms { get; } = [];

    /// <summary>Found slips of all slips.</summary>
    public double Recall => (double)Found / Math.Max(1, Planted);

    /// <summary>Findings that are slips of all findings.</summary>
    public double Precision => (double)Found / Math.Max(1, Found + FalseAlarms.Count);

    /// <summary>Misspells names in a novel and looks who notices.</summary>
    /// <param name="name">The novel, as in <see cref="Novels"/>.</param>
    /// <param name="text">Its text.</param>
    /// <param name="slips">How many slips, in as many different names if there are so many.</param>
    public void Add(string name, string text, int slips)
    {
        var dice = new Dice(name[0] * 1000 + slips);
        var cast = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "data", "novels", name), "*.yaml").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        var words = Word().Matches(text).GroupBy(match => match.Value).ToDictionary(group => group.Key, group => group.Select(match => match.Index).ToList());
        var parts = NameLine().Matches(string.Concat(cast.Values)).SelectMany(line => Word().Matches(line.Value)).Select(match => match.Value).Where(part => char.IsUpper(part[0])).Distinct().ToList();
        var usable = parts.Where(part => part.Length >= 5 && words.TryGetValue(part, out var at) && at.Count >= 4 && !words.ContainsKey(part.ToLowerInvariant())).ToList();
        var edits = new List<(int At, string Right, string Wrong)>();
        for (var tries = 0; edits.Count < slips && tries < slips * 20; tries++)
        {
            var right = dice.Pick(usable);
            var wrong = Misspelling.Of(right, Misspelling.Kinds[edits.Count % Misspelling.Kinds.Length], dice);
            if (wrong is not null && right.Length >= 9 && dice.Percent(50))
            {
                wrong = Misspelling.Of(wrong, "change", dice);
            }

            // The slip has the five letters that the rule wants, is no word of the text, and near no other name.
            if (wrong is null || wrong.Length < 5 || words.Keys.Any(word => string.Equals(word, wrong, StringComparison.OrdinalIgnoreCase)) || parts.Exists(part => part != right && Distance(part, wrong) <= 2))
            {
                continue;
            }

            var at = dice.Pick(words[right]);
            if (!edits.Exists(edit => Math.Abs(edit.At - at) < 200) && edits.Count(edit => edit.Right == right) <= edits.Count / Math.Max(1, usable.Count) && !edits.Exists(edit => edit.Wrong == wrong))
            {
                edits.Add((at, right, wrong));
            }
        }

        Check(name, text, cast, [.. edits.OrderBy(edit => edit.At)]);
    }

    private void Check(string name, string text, Dictionary<string, string> files, List<(int At, string Right, string Wrong)> edits)
    {
        var shift = 0;
        var spans = new List<(TextSpan Span, string Right)>();
        foreach (var (at, right, wrong) in edits)
        {
            text = text.Remove(at + shift, right.Length).Insert(at + shift, wrong);
            spans.Add((new TextSpan(at + shift, wrong.Length), right));
            shift += wrong.Length - right.Length;
        }

        var workspace = FixtureWorkspace.OfTexts(files.Append(KeyValuePair.Create("novel.md", text)));
        var found = workspace.AllFindings().Where(found => found.Finding.Code == Code).ToList();
        foreach (var (span, right) in spans)
        {
            Planted++;
            var hit = found.FindIndex(one => one.Path == "novel.md" && one.Finding.Span.Overlaps(span));
            if (hit >= 0)
            {
                Found++;
                found.RemoveAt(hit);
            }
            else
            {
                Misses.Add($"{name}: {text.Substring(span.Start, span.Length)} for {right} at {span.Start}");
            }
        }

        FalseAlarms.AddRange(found.Where(one => !Misprints.Contains(text.Substring(one.Finding.Span.Start, one.Finding.Span.Length))).Select(one => name + ": " + workspace.Describe(one)));
    }

    /// <summary>Damerau's distance of neighbouring swaps (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    // A line with a name and perhaps its aliases, up to the next field.
    [GeneratedRegex(@"(?:name|aliases):\s*(?:\[[^\]\n]*\]|[^,\n}]*)")]
    private static partial Regex NameLine();
}
