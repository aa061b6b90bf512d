using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Proposals;

/// <summary>The read-only documents of proposals: the page on which a person decides, and each file before and after.</summary>
internal sealed class ProposalDocuments(EditorSession session, RunDesk desk)
{
    private const string Folder = ".story/cache/review/";
    private const string Gone = "This proposal was decided, or removed.\n";

    /// <summary>Where the page is written for an editor that opens nothing but files. The folder is a cache.</summary>
    public static string PageFile(string id) => Folder + id + ".md";

    /// <summary>The proposal whose page a file is; null where it is none.</summary>
    public static string? ProposalOf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal) ? path[Folder.Length..^3] : null;

    /// <summary>The text of an address.</summary>
    public async Task<string> TextAsync(StoryAddress address)
    {
        var found = await FindAsync(address.Id).ConfigureAwait(false);
        if (found is not { } place)
        {
            return Gone;
        }

        if (address.Page == StoryPage.Proposal)
        {
            return (await PageAsync(place.Story, place.Proposal).ConfigureAwait(false)).Text;
        }

        // What is shown is a file of the proposal and no other: an address comes from outside.
        if (place.Proposal.Hunks.All(hunk => hunk.File != address.Path))
        {
            return Gone;
        }

        if (await PlanAsync(place.Story, address.Id, null).ConfigureAwait(false) is not { } plan)
        {
            return Gone;
        }

        var text = address.Page == StoryPage.After && plan.After.TryGetValue(address.Path, out var after) ? after : plan.Before.GetValueOrDefault(address.Path);
        return text?.Text ?? "";
    }

    /// <summary>The page of a proposal, as its hunks stand in today's texts.</summary>
    public async Task<ReviewPage> PageAsync(StoryFolder story, Proposal proposal)
    {
        var texts = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
        return ProposalViews.Page(proposal, texts.Of);
    }

    /// <summary>How each hunk stands: <c>open</c>, <c>accepted</c>, <c>rejected</c> or <c>stale</c>.</summary>
    public async Task<IReadOnlyDictionary<int, string>> StatesAsync(StoryFolder story, Proposal proposal)
    {
        var plan = await PlanAsync(story, proposal.Id, proposal.Open.Select(hunk => hunk.Id).ToHashSet()).ConfigureAwait(false);
        var stale = (plan?.Reports ?? []).Where(report => report.Outcome == HunkOutcome.Stale).Select(report => report.Hunk).ToHashSet();
        return proposal.Hunks.ToDictionary(hunk => hunk.Id, hunk => proposal.Decisions.TryGetValue(hunk.Id, out var decision)
            ? (decision == HunkDecision.Accepted ? "accepted" : "rejected")
            : stale.Contains(hunk.Id) ? "stale" : "open");
    }

    /// <summary>What an acceptance would do now; null where the proposal is no more.</summary>
    public async Task<AcceptPlan?> PlanAsync(StoryFolder story, string id, IReadOnlySet<int>? hunks)
    {
        var texts = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
        return desk.Of(story).Desk.Plan(id, hunks, texts.Of);
    }

    /// <summary>The story and the proposal of an id; null where there is none.</summary>
    public async Task<(StoryFolder Story, Proposal Proposal)?> FindAsync(string id)
    {
        var stories = await session.Queue.Ask(() => session.Stories.Where(story => !story.IsLoose).ToList()).ConfigureAwait(false);
        foreach (var story in stories)
        {
            if (desk.Of(story).Proposals.Load(id) is { } proposal)
            {
                return (story, proposal);
            }
        }

        return null;
    }

    /// <summary>Removes the page of a proposal that is decided.</summary>
    public static void RemovePage(StoryFolder story, Proposal proposal)
    {
        try
        {
            if (!proposal.Open.Any())
            {
                File.Delete(story.AbsolutePath(PageFile(proposal.Id)));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is part of the cache, which may be deleted at any time.
        }
    }
}
