using StoryLsp.Continuity;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals.Continuity;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>A finding, with its line in the text that it is of.</summary>
/// <param name="File">Workspace-relative path with <c>/</c>.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Code">The rule.</param>
/// <param name="Message">What it says.</param>
public sealed record DraftFinding(string File, int Line, Severity Severity, string Code, string Message);

/// <summary>What a change would do to the findings of a story, without being made: what it would add, and what it would take away. What says a secret is not among them, nor what follows from the solution of a case.</summary>
/// <param name="Added">Those that are found only after the change.</param>
/// <param name="Removed">Those that are found only before it.</param>
public sealed record DraftFindings(IReadOnlyList<DraftFinding> Added, IReadOnlyList<DraftFinding> Removed)
{
    // These rules ask whether the clues lead to who did it: a draft that clears one suspect after the other would be told by what is found, and by what is not.
    private const string AboutSolutions = "mystery/";

    /// <summary>Looks at a proposal as if all of it were taken.</summary>
    /// <param name="proposal">The proposal; it need not be kept anywhere.</param>
    /// <param name="snapshot">The workspace as it is.</param>
    /// <param name="findings">What was found in it so far; nothing of the change is kept there.</param>
    public static DraftFindings Of(Proposal proposal, Snapshot snapshot, Findings findings)
    {
        var placed = ProposalApplication.Place(proposal, snapshot.Text).Where(hunk => hunk.State == HunkState.Fits).ToList();
        if (placed.Count == 0)
        {
            return new([], []);
        }

        var look = new Look(snapshot, findings, placed, new ProjectedDocuments());
        var (added, removed) = look.Difference();
        return new(Public(snapshot, look.Snapshot, added), Public(snapshot, snapshot, removed));
    }

    // A draft may take the mark of a secret away: what was one before is one still.
    private static List<DraftFinding> Public(Snapshot before, Snapshot snapshot, List<Found> found)
    {
        var result = new List<DraftFinding>();
        foreach (var place in found.GroupBy(one => (one.Path, Scene: SceneOf(snapshot, one))))
        {
            var told = PublicFindings.Of(snapshot, StorySecrets.At(snapshot, place.Key.Scene), [.. place.Select(one => (one.Path, one.Finding))]);
            var secrets = StorySecrets.At(before, place.Key.Scene is { } scene ? before.ContainersIn(scene.Path).ElementAtOrDefault(scene.Fact.Index) : null);
            result.AddRange(told.Where(one => !one.Finding.Code.StartsWith(AboutSolutions, StringComparison.Ordinal) && !secrets.Says(one.Finding.Message, out _)).Select(one => new DraftFinding(
                one.Path, (snapshot.Facts(one.Path)?.Lines.GetPosition(one.Finding.Span.Start).Line ?? 0) + 1, one.Finding.Severity, one.Finding.Code, one.Finding.Message)));
        }

        return [.. result.OrderBy(finding => finding.Severity).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line)];
    }

    private static Container? SceneOf(Snapshot snapshot, Found found) =>
        snapshot.ContainerAt(found.Path, found.Finding.Span.Start) is { } around && snapshot.Schemas.IsKindOf(around.Type, "scene") ? around : null;
}
