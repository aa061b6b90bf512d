using StoryLsp.Continuity;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Proposals.Continuity;

/// <summary>
/// Finds out which hunks bring errors: first by the places that a finding names; only where those do not say it, by leaving hunks out
/// (U. Junker, “QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems”, 2004).
/// </summary>
internal sealed class ContinuityJudge(Proposal proposal, Snapshot snapshot, Findings findings)
{
    /// <summary>A look costs a few milliseconds in a large workspace; beyond this many, what is not known is doubted.</summary>
    private const int MostLooks = 120;

    private const int MostRounds = 6;

    private readonly Dictionary<int, string> _doubts = [];
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);
    private readonly ProjectedDocuments _read = new();
    private StorySecrets? _secrets;
    private int _looked;

    public Proposal Judge()
    {
        var placed = ProposalApplication.Place(proposal, snapshot.Text).Where(hunk => hunk.State == HunkState.Fits).ToList();
        if (placed.Count == 0)
        {
            return proposal with { Findings = new(0, 0, 0, 0, []) };
        }

        var whole = LookAt(placed);
        var (added, removed) = whole.Difference();
        var brought = new List<BroughtFinding>();
        foreach (var found in added.OrderBy(found => found.Finding.Severity))
        {
            var culprits = found.Finding.Severity == Severity.Error ? Doubt(whole, found) : whole.At(found);
            brought.Add(new(found.Path, NameOf(found.Finding.Severity), found.Finding.Code, Told(found.Finding.Message), culprits));
        }

        DoubtStrangers(whole, placed);
        DoubtTheDead(whole, placed);
        DoubtSecrets(placed);
        DoubtWhatRemains(placed);
        return proposal with
        {
            Findings = new(added.Count, removed.Count, added.Count(IsError), removed.Count(IsError), brought),
            Hunks = [.. proposal.Hunks.Select(hunk => hunk.Doubt is null && _doubts.TryGetValue(hunk.Id, out var doubt) ? hunk with { Doubt = doubt } : hunk)],
        };
    }

    // A hunk may lean on another that is not taken: what stays ticked is looked at again, until it brings no error.
    private void DoubtWhatRemains(List<PlacedHunk> placed)
    {
        var before = placed.Count;
        for (var round = 0; ; round++)
        {
            var rest = placed.Where(hunk => hunk.Hunk.IsTicked && !_doubts.ContainsKey(hunk.Hunk.Id)).ToList();
            if (rest.Count == 0 || rest.Count == before)
            {
                return;
            }

            before = rest.Count;
            var look = LookAt(rest);
            var errors = look.Difference().Added.Where(IsError).ToList();
            foreach (var found in errors)
            {
                if (round < MostRounds)
                {
                    Doubt(look, found);
                }
                else
                {
                    rest.ForEach(hunk => AddDoubt(hunk.Hunk.Id, found, []));
                }
            }

            DoubtStrangers(look, rest);
            DoubtTheDead(look, rest);
        }
    }

    private List<int> Doubt(Look look, Found found)
    {
        var culprits = Culprits(look, found);
        foreach (var id in culprits)
        {
            AddDoubt(id, found, culprits);
        }

        return culprits;
    }

    private void AddDoubt(int id, Found found, IReadOnlyList<int> culprits)
    {
        var others = culprits.Where(other => other != id).ToList();
        var together = others.Count == 0 ? "" : $" together with {string.Join(", ", others.Take(5).Select(other => "#" + other))}{(others.Count > 5 ? " and others" : "")}";
        _doubts.TryAdd(id, $"It brings an error{together} ({found.Finding.Code} in {found.Path}): {Told(found.Finding.Message)}");
    }

    private List<int> Culprits(Look look, Found found)
    {
        var at = look.At(found);
        if (at.Count == 1)
        {
            return at;
        }

        var all = look.Hunks.ToList();
        if (at.Count == 0)
        {
            // What goes with the hunks that are in doubt already is theirs.
            var rest = all.FindAll(hunk => !_doubts.ContainsKey(hunk.Hunk.Id));
            if (rest.Count < all.Count && (rest.Count == 0 || (MayLook && !LookAt(rest).Brings(found))))
            {
                return [];
            }

            // Something is missing now: whoever took it away, or gives it another name.
            return MayLook ? [.. Minimal([], false, all, found).Select(hunk => hunk.Hunk.Id).Order()] : [.. all.Select(hunk => hunk.Hunk.Id)];
        }

        var alone = at.Where(id => MayLook && LookAt([.. all.Where(hunk => hunk.Hunk.Id == id)]).Brings(found)).ToList();
        if (alone.Count > 0)
        {
            return alone;
        }

        var needed = at.Where(id => MayLook && !LookAt([.. all.Where(hunk => hunk.Hunk.Id != id)]).Brings(found)).ToList();
        return needed.Count > 0 ? needed : at;
    }

    /// <summary>A smallest set of hunks that brings a finding together with those that are given.</summary>
    private List<PlacedHunk> Minimal(List<PlacedHunk> given, bool hasGrown, List<PlacedHunk> candidates, Found found)
    {
        if (hasGrown && (!MayLook || LookAt(given).Brings(found)))
        {
            return [];
        }

        if (candidates.Count == 1)
        {
            return candidates;
        }

        var (first, second) = (candidates[..(candidates.Count / 2)], candidates[(candidates.Count / 2)..]);
        var fromSecond = Minimal([.. given, .. first], true, second, found);
        return [.. Minimal([.. given, .. fromSecond], fromSecond.Count > 0, first, found), .. fromSecond];
    }

    private void DoubtStrangers(Look look, IReadOnlyCollection<PlacedHunk> hunks)
    {
        foreach (var hunk in hunks)
        {
            var (file, span) = look.PlaceOf(hunk.Hunk.Id);
            foreach (var person in UnknownPeople.In(look.Snapshot, file, [span]))
            {
                if (!Has(hunk.Hunk.Old, person.Name))
                {
                    _doubts.TryAdd(hunk.Hunk.Id, person.Near is { } near && !SaysSecret(near)
                        ? $"It names {person.Name}, whom nothing in the story knows; {near} is near. Is it a slip? Tick it if you mean somebody new."
                        : $"It names {person.Name}, whom nothing in the story knows. Make a note of {person.Name} first, or tick it if you mean it.");
                    break;
                }
            }
        }
    }

    // The rules go by the cast: whoever stands there already, dead or not, is no news to them. The words are.
    private void DoubtTheDead(Look look, IReadOnlyCollection<PlacedHunk> hunks)
    {
        foreach (var file in hunks.GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal))
        {
            var acts = DeadActs.In(look.Snapshot, file.Key);
            foreach (var hunk in acts.Count > 0 ? file : Enumerable.Empty<PlacedHunk>())
            {
                var span = look.PlaceOf(hunk.Hunk.Id).Span;
                if (acts.FirstOrDefault(act => act.Span.Overlaps(span) && !Has(hunk.Hunk.Old, act.Name)) is { } act)
                {
                    _doubts.TryAdd(hunk.Hunk.Id, $"{Told(act.Message)} Mark the scene as a flashback if it is one, or tick this if you mean it.");
                }
            }
        }
    }

    // A model that was not told a secret may hit upon it: whoever wants it said there ticks it.
    private void DoubtSecrets(List<PlacedHunk> hunks)
    {
        var input = snapshot.Resolve(proposal.Input, null).Container;
        foreach (var file in hunks.GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal))
        {
            var secrets = StorySecrets.At(snapshot, input ?? StorySecrets.Earliest(snapshot, snapshot.ContainersIn(file.Key)));
            foreach (var hunk in file)
            {
                if (hunk.Hunk.New.Length > 0 && secrets.Says(hunk.Hunk.New, out _) && !secrets.Says(hunk.Hunk.Old, out _))
                {
                    _doubts.TryAdd(hunk.Hunk.Id, "It gives away a secret that is not to be told at this place of the story. Tick it if it is the place.");
                }
            }
        }
    }

    private static bool Has(string old, string name)
    {
        var words = Words.Of(old).Select(word => old.Substring(word.Start, word.Length)).ToHashSet(StringComparer.Ordinal);
        return Words.Of(name).All(word => words.Contains(name.Substring(word.Start, word.Length)));
    }

    // A proposal is meant for git, and is shown to whoever writes with a model: no secret stands in it.
    private string Told(string message) => SaysSecret(message) ? "What it says is a secret of the story, and is not kept here." : message;

    private bool SaysSecret(string text) => (_secrets ??= StorySecrets.At(snapshot, null)).Says(text, out _);

    private bool MayLook => _looked < MostLooks;

    private Look LookAt(IReadOnlyCollection<PlacedHunk> hunks)
    {
        var key = string.Join(',', hunks.Select(hunk => hunk.Hunk.Id).Order());
        if (!_looks.TryGetValue(key, out var look))
        {
            _looked++;
            _looks.Add(key, look = new(snapshot, findings, ParagraphBreaks.Joined(proposal, hunks), _read));
        }

        return look;
    }

    private static bool IsError(Found found) => found.Finding.Severity == Severity.Error;

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "info",
        _ => "hint",
    };
}
