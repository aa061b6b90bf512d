using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>
/// Takes the base of a proposal anew after a decision: the hunks that remain stand exactly in the text that the decision made, so that any
/// order of decisions gives the same text.
/// </summary>
internal static class Rebase
{
    /// <summary>The proposal with its remaining hunks on the texts after a plan was carried out.</summary>
    /// <param name="proposal">The proposal as it is now, decisions included.</param>
    /// <param name="plan">What was carried out.</param>
    /// <param name="texts">The texts as they are now, of the files that changed.</param>
    public static Proposal Onto(Proposal proposal, AcceptPlan plan, IReadOnlyDictionary<string, SourceText?> texts)
    {
        var hunks = proposal.Hunks.ToDictionary(hunk => hunk.Id);
        foreach (var (path, now) in texts)
        {
            var before = plan.Before.GetValueOrDefault(path);
            var isAsPlanned = now?.Text == plan.After.GetValueOrDefault(path)?.Text;
            var taken = ProposalApplication.InOrder(plan.Placed.Where(placed => placed.Hunk.File == path)).ToList();
            var planned = plan.After.GetValueOrDefault(path)?.Text;
            foreach (var open in ProposalApplication.PlaceEach(plan.Proposal, path, before, proposal.Open.Where(hunk => hunk.File == path)))
            {
                var at = open.Edit is { } edit ? Moved(open.Hunk, edit.Span, taken) : -1;
                (var hunk, at) = at < 0 ? (open.Hunk, at) : ParagraphBreaks.Settled(plan, open.Hunk, at);
                at = at < 0 || isAsPlanned ? at : Beside(planned, now?.Text, at, hunk.Old.Length);
                at = at < 0 && now is not null && HunkPlace.Of(now.Text, hunk) is (HunkState.Fits, var found) ? found : at;
                hunks[open.Hunk.Id] = at < 0 ? hunk with { IsAdrift = true } : hunk.At(now?.Text ?? "", at);
            }
        }

        return proposal with
        {
            Hunks = [.. proposal.Hunks.Select(hunk => hunks[hunk.Id])],
            Base = [.. proposal.Base.Select(file => texts.TryGetValue(file.Path, out var now) ? file with { Hash = now is null ? "" : Convert.ToHexStringLower(now.ContentHash) } : file)],
        };
    }

    /// <summary>Where a place of the planned text is in the text as it is, where they differ in one stretch beside it; else -1.</summary>
    private static int Beside(string? planned, string? now, int at, int length)
    {
        if (planned is null || now is null)
        {
            return -1;
        }

        var alike = planned.AsSpan().CommonPrefixLength(now);
        if (at + length <= alike)
        {
            return at;
        }

        var most = Math.Min(planned.Length, now.Length) - alike;
        var end = 0;
        while (end < most && planned[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        return at >= planned.Length - end ? at + now.Length - planned.Length : -1;
    }

    /// <summary>Where a span of the text before stands after the edits; -1 where one of them took it.</summary>
    private static int Moved(Hunk hunk, TextSpan span, List<PlacedHunk> taken)
    {
        var shift = 0;
        foreach (var other in taken)
        {
            var edit = other.Edit!.Value;
            if (ProposalApplication.Collide(edit.Span, span))
            {
                return -1;
            }

            if (ProposalApplication.Precedes(edit.Span, other.Hunk.Id, span, hunk.Id))
            {
                shift += edit.NewText.Length - edit.Span.Length;
            }
        }

        return span.Start + shift;
    }
}
