using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Unticks what a person must look at before it is taken: words that give a secret away, and files that say what later runs are told and asked.</summary>
internal static class HunkDoubts
{
    public static Proposal Of(StepScope scope, Proposal proposal)
    {
        var isShipped = PipelineFiles.Shipped.Any(shipped => shipped.Source == scope.Pipeline.Source);
        return proposal with { Hunks = [.. proposal.Hunks.Select(hunk => hunk.Doubt is null && DoubtOf(scope, hunk, isShipped) is { } doubt ? hunk with { Doubt = doubt } : hunk)] };
    }

    private static string? DoubtOf(StepScope scope, Hunk hunk, bool isShipped)
    {
        if (scope.Told.Secrets.Says(hunk.New, out var said) && !scope.Told.Secrets.Says(hunk.Old, out _))
        {
            return $"It gives away {said.Kind}. Tick it if readers may know that here.";
        }

        return !isShipped && DocumentReader.KindOf(hunk.File) is DocumentKind.Pipeline or DocumentKind.Schema
            ? "It changes a file that says what models are told or what this story may hold, and the pipeline that wants it is the story's own. Read it before you tick it."
            : null;
    }
}
