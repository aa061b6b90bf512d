using StoryLsp.Index;

namespace StoryLsp.Pipelines.History;

/// <summary>What leads from today's texts to those of another event.</summary>
/// <param name="Target">The event.</param>
/// <param name="Branch">The branch that will be the current one.</param>
/// <param name="IsNewBranch">Whether it is made for this: an event that is no branch's newest gets a branch of its own, so that nothing is cut off.</param>
/// <param name="From">The branch that is the current one now.</param>
/// <param name="ByHand">What was edited since by hand on <paramref name="From"/>; recorded there first.</param>
/// <param name="Files">The files that change.</param>
/// <param name="LeftAlone">Files that cannot be read as text, and so stay as they are.</param>
/// <param name="Change">The same as a change to the workspace.</param>
public sealed record CheckoutPlan(
    string Target, string Branch, bool IsNewBranch, string From, IReadOnlyList<FileTransition> ByHand, IReadOnlyList<FileTransition> Files, IReadOnlyList<string> LeftAlone, WorkspaceChange Change);
