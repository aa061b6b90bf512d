using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Steps;

/// <summary>
/// Unticks what would take away words that the model has never read: those that were written after its prompt was made, those that a person took out of the
/// prompt, and those of a file that was not in it at all. A model cannot mean to remove what it does not know of.
/// </summary>
internal static class UnreadWords
{
    private const string Doubt = "It takes away words that the model has not read. Tick it if you want that.";

    public static Proposal Doubted(StepScope scope, Proposal proposal)
    {
        if (scope.Pipeline.Steps.OfType<ProposeStep>().First().To is not (ProposalTarget.Replace or ProposalTarget.Field or ProposalTarget.File))
        {
            return proposal;
        }

        var generate = scope.State.GenerateBefore(scope.Step.Index)!;
        var read = Words(Read(scope, generate));
        return proposal with
        {
            Hunks = [.. proposal.Hunks.Select(hunk => hunk.Doubt is null && TakesAway(hunk) is { Length: > 0 } taken && !read.Contains(taken, StringComparison.Ordinal) ? hunk with { Doubt = Doubt } : hunk)],
        };
    }

    // What the fences of all prompts of the run held, as the person left them.
    private static string Read(StepScope scope, GenerateStep generate) => string.Join('\n', Enumerable.Range(0, generate.Index + 1)
        .Select(scope.State.PromptBefore).Where(prompt => prompt is not null).Select(prompt => prompt!.Value.Text.User + "\n" + prompt.Value.Text.System).Distinct());

    private static string TakesAway(Hunk hunk) => hunk.New.Contains(hunk.Old.Trim(), StringComparison.Ordinal) ? "" : Words(Shown(hunk.Old));

    // A reader, and so a model, sees the words of a link and not its brackets.
    private static string Shown(string text) => FieldDraft.OneLine(Fence.Harmless(text));

    private static string Words(string text)
    {
        var letters = new System.Text.StringBuilder(" ");
        foreach (var unit in text)
        {
            if (char.IsLetterOrDigit(unit))
            {
                letters.Append(unit);
            }
            else if (letters[^1] != ' ' && unit is not ('\'' or '’'))
            {
                letters.Append(' ');
            }
        }

        return letters.ToString() is var result && result.Trim().Length == 0 ? "" : result.TrimEnd() + " ";
    }
}
