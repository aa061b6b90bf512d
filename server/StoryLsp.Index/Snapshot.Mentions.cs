using StoryLsp.Index.Mentions;

namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    /// <summary>Who and what is named in prose.</summary>
    public WorkspaceMentions Mentions => WorkspaceMentions.Of(this);
}
