using DiffPlex;
using DiffPlex.Model;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>DiffPlex over texts that are cut already.</summary>
internal static class Cut
{
    /// <summary>The stretches that differ, in order.</summary>
    public static IEnumerable<DiffBlock> Blocks(string[] old, string[] now)
    {
        // It takes two texts and a way to cut them; the first that it asks for is the old one.
        var isSecond = false;
        string[] Next(string text)
        {
            var pieces = isSecond ? now : old;
            isSecond = true;
            return pieces;
        }

        return new Differ().CreateCustomDiffs("old", "new", false, Next).DiffBlocks;
    }
}
