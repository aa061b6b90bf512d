using System.Globalization;
using System.Text;
using StoryLsp.Continuity;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing.Worlds.Faults;

namespace StoryLsp.Testing.Worlds;

/// <summary>What a rule did.</summary>
/// <param name="Code">The rule.</param>
/// <param name="IsChecked">Whether there is such a rule.</param>
/// <param name="Planted">How many faults were planted.</param>
/// <param name="Found">How many of them it found, at their place.</param>
/// <param name="False">How many findings of it are no faults, in all worlds.</param>
public sealed record AccuracyRow(string Code, bool IsChecked, int Planted, int Found, int False)
{
    /// <summary>Found faults of all faults.</summary>
    public double Recall => Planted == 0 ? 1 : (double)Found / Planted;

    /// <summary>Findings that are faults of all findings.</summary>
    public double Precision => Found + False == 0 ? 1 : (double)Found / (Found + False);
}

/// <summary>
/// Precision and recall of every rule: one fault at a time is planted into a consistent world. The fault must be found at its place (recall), and
/// nothing else may be found, there, in worlds with what only looks like a fault, and in worlds without any (precision).
/// </summary>
public sealed class AccuracyBench
{
    private readonly HashSet<string> _checked = [.. Findings.Rules.Select(rule => rule.Code)];
    private readonly Dictionary<string, (int Planted, int Found)> _hits = [];
    private readonly Dictionary<string, int> _false = [];
    private readonly int _faults;
    private readonly int _decoys;
    private readonly int _clean;

    /// <summary>Makes a bench; as it is, it is done in seconds.</summary>
    /// <param name="faults">How many faults for each rule.</param>
    /// <param name="decoys">How many worlds for each decoy.</param>
    /// <param name="clean">How many worlds without a fault.</param>
    public AccuracyBench(int faults = 30, int decoys = 2, int clean = 50)
    {
        _faults = faults;
        _decoys = decoys;
        _clean = clean;
    }

    /// <summary>Faults that were not found, each with its seed and text.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Findings that are no faults, each with its seed and text.</summary>
    public List<string> FalseAlarms { get; } = [];

    /// <summary>Shapes for which no world was found, which is a fault of the bench.</summary>
    public List<string> Unfit { get; } = [];

    /// <summary>How many worlds were checked.</summary>
    public int Worlds { get; private set; }

    /// <summary>The rows, one a rule.</summary>
    public IReadOnlyList<AccuracyRow> Rows => [.. FaultCatalogue.All.Select(rule => Row(rule.Code))];

    /// <summary>Runs it.</summary>
    /// <param name="only">The rules to plant; all when null.</param>
    public void Run(Func<string, bool>? only = null)
    {
        for (var seed = 0; seed < _clean && only is null; seed++)
        {
            Check(WorldBuilder.Create(new WorldOptions(seed, 5 + seed % 36) { Settings = seed % 8 == 7 ? false : null, Manuscript = seed % 8 == 7 ? false : null, Calendar = seed % 8 == 7 ? false : null }), "no fault", null, false);
        }

        var at = 0;
        foreach (var rule in FaultCatalogue.All)
        {
            var first = 10_000 * ++at;
            if (only is not null && !only(rule.Code))
            {
                continue;
            }

            // Of a rule that there is not yet, one world a shape: other rules must be silent in it.
            if (rule.Faults.Count > 0)
            {
                for (var i = 0; i < (_checked.Contains(rule.Code) ? _faults : rule.Faults.Count); i++)
                {
                    var shape = rule.Faults[i % rule.Faults.Count];
                    Check(shape, first + 100 * i, rule.Code + " (" + shape.Name + ")", rule, true);
                }
            }

            for (var i = 0; i < rule.Decoys.Count * _decoys; i++)
            {
                var shape = rule.Decoys[i % rule.Decoys.Count];
                Check(shape, first + 5_000 + 100 * i, rule.Code + " (no fault: " + shape.Name + ")", rule, false);
            }
        }
    }

    /// <summary>The world of a shape and a seed, with at least so many scenes and less than twice as many; where a seed's world has no place for it, the next seed's; null after ninety.</summary>
    public static World? Planted(Shape shape, int seed, int least)
    {
        for (var tries = 0; tries < 90; tries++)
        {
            try
            {
                var world = WorldBuilder.Create(shape.Wants(new WorldOptions(seed + tries, least + (seed / 100 + tries) % least)));
                shape.Plant(world);
                return world;
            }
            catch (UnfitException)
            {
                // The next seed may have a place for it.
            }
        }

        return null;
    }

    /// <summary>The rows as a table of Markdown.</summary>
    public string Table()
    {
        var text = new StringBuilder("| rule | planted | found | recall | false | precision |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var row in Rows)
        {
            text.Append(row.IsChecked
                ? string.Create(CultureInfo.InvariantCulture, $"| `{row.Code}` | {row.Planted} | {row.Found} | {row.Recall:0.00} | {row.False} | {row.Precision:0.00} |\n")
                : $"| `{row.Code}` | | | not checked | {row.False} | |\n");
        }

        return text.ToString();
    }

    /// <summary>The table, and then every miss and every false alarm with its seed and text.</summary>
    public string Report() =>
        $"{Table()}\n{Worlds} worlds\n\n## Misses\n\n{string.Join('\n', Misses)}\n\n## False alarms\n\n{string.Join('\n', FalseAlarms)}\n";

    private AccuracyRow Row(string code)
    {
        var (planted, found) = _hits.GetValueOrDefault(code);
        return new(code, _checked.Contains(code) && FaultCatalogue.All.First(rule => rule.Code == code).Faults.Count > 0, planted, found, _false.GetValueOrDefault(code));
    }

    private void Check(Shape shape, int seed, string what, RuleFaults rule, bool isFault)
    {
        if (Planted(shape, seed, rule.Scenes) is { } world)
        {
            Check(world, what, rule, isFault);
        }
        else
        {
            Unfit.Add(what);
        }
    }

    private void Check(World world, string what, RuleFaults? rule, bool isFault)
    {
        Worlds++;
        var (texts, marked) = world.Write();
        var workspace = FixtureWorkspace.OfTexts(texts);
        var found = workspace.AllFindings();
        var hit = isFault ? found.FirstOrDefault(one => IsExpected(workspace, one, rule!, marked)) : null;
        if (isFault)
        {
            if (marked.Count == 0)
            {
                throw new InvalidOperationException(what + " marks no text.");
            }

            var (planted, hits) = _hits.GetValueOrDefault(rule!.Code);
            _hits[rule.Code] = (planted + 1, hits + (hit is null ? 0 : 1));
            if (hit is null && _checked.Contains(rule.Code))
            {
                Misses.Add($"{what}, seed {world.Options.Seed}: {string.Join(" or ", marked.Select(mark => Excerpt(workspace, mark.Path, mark.Span)))}");
            }
        }

        foreach (var one in found.Where(one => one != hit && !(rule is { MayRepeat: true } && isFault && IsExpected(workspace, one, rule, marked))))
        {
            // Information and hints of other rules say nothing wrong, but that of the rule itself does.
            if (one.Finding.Severity <= Severity.Warning || rule is null || one.Finding.Code == rule.Code)
            {
                _false[one.Finding.Code] = _false.GetValueOrDefault(one.Finding.Code) + 1;
                FalseAlarms.Add($"{what}, seed {world.Options.Seed}: {workspace.Describe(one)}");
            }
        }
    }

    /// <summary>The code is right, and the finding stands on a marked text, on one line at most.</summary>
    private static bool IsExpected(FixtureWorkspace workspace, FoundFinding found, RuleFaults rule, IReadOnlyList<Mark> marked)
    {
        var span = found.Finding.Span;
        if (found.Finding.Code != rule.Code)
        {
            return false;
        }

        return marked.Any(mark => mark.Path == found.Path && (span.Overlaps(mark.Span) || (span.IsEmpty && mark.Span.Touches(span.Start))) &&
            (span.Length <= mark.Span.Length || !workspace.Text(found.Path)!.Slice(span).Contains('\n', StringComparison.Ordinal)));
    }

    private static string Excerpt(FixtureWorkspace workspace, string path, TextSpan span)
    {
        var text = workspace.Text(path)!;
        var from = Math.Max(0, span.Start - 60);
        var to = Math.Min(text.Length, span.End + 40);
        return $"{path} `{text.Slice(TextSpan.FromBounds(from, span.Start))}»{text.Slice(span)}«{text.Slice(TextSpan.FromBounds(span.End, to))}`".ReplaceLineEndings("⏎");
    }
}
