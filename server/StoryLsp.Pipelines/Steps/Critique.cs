using System.Text.Json;
using StoryLsp.Language.Schemas;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>critique</c>: a second reading of the answer, whose complaints go into one round of repair.</summary>
internal static class Critique
{
    private static readonly FieldSchema[] Form =
    [
        new()
        {
            Name = "complaints",
            Type = FieldType.List,
            Required = true,
            Description = "What must be mended; empty when nothing must.",
            Of = new()
            {
                Name = "",
                Type = FieldType.Object,
                Fields =
                [
                    new() { Name = "quote", Type = FieldType.Text, Required = true, Description = "The words at fault, letter by letter." },
                    new() { Name = "problem", Type = FieldType.Text, Required = true, Description = "What is wrong with them, and what would be right." },
                ],
            },
        },
    ];

    private static readonly GenerateStep Shape = new() { Output = OutputKind.Json, Schema = Form };

    public static async Task DoAsync(StepScope scope, CritiqueStep step, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAndMendAsync(scope, step, cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException exception) when (exception.Failure == ProviderFailure.SecretInPrompt)
        {
            // The answer was made without it; that it says a secret all the same is for the person to judge, at the hunk.
            scope.Options.History.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = "The answer says what no model may read, so no second reader was asked." }));
        }
    }

    private static async Task ReadAndMendAsync(StepScope scope, CritiqueStep step, CancellationToken cancellationToken)
    {
        var complaints = await ComplaintsAsync(scope, step, cancellationToken).ConfigureAwait(false);
        var generate = scope.State.GenerateBefore(step.Index)!;
        var answer = scope.State.Latest(ArtifactKinds.Answer, step.Index)!;
        if (complaints.Count == 0 || answer.Step == step.Index)
        {
            scope.Options.History.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind }));
            return;
        }

        scope.Report("Mending what the second reader found");
        var (_, prompt) = scope.State.PromptBefore(generate.Index)!.Value;
        var better = await Generate.AskAsync(scope, generate, prompt, Generate.Again(answer.Content, "A second reader found this:", complaints), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var finished = scope.Event(EventKinds.StepFinished, new() { Step = step.Kind });
        if (Validate.Faults(scope, generate, better.Text).Count == 0)
        {
            scope.Options.History.Append(scope.Artifact(ArtifactKinds.Answer, better.Text, better.Model, answer.Id), finished);
        }
        else
        {
            // A worse answer is none: the one before stands.
            scope.Options.History.Append(finished);
        }
    }

    private static async Task<IReadOnlyList<string>> ComplaintsAsync(StepScope scope, CritiqueStep step, CancellationToken cancellationToken)
    {
        if (scope.State.Of(ArtifactKinds.Complaints, step.Index) is [.., var known])
        {
            return Read(known.Content, scope.State.Latest(ArtifactKinds.Answer, step.Index)!.Content);
        }

        scope.Report("A second reader looks at the answer");
        var answer = scope.State.Latest(ArtifactKinds.Answer, step.Index)!;
        var prompt = BuildPrompt.Fill(scope, step.System, step.User);
        prompt = prompt with { System = prompt.System + "\n\n" + AnswerSchema.Instruction(Form) };
        var read = await ModelCall.AskAsync(scope, step, step.Model ?? scope.State.Model, [.. Generate.Messages(prompt)], null, Form, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var text = AnswerCheck.Bare(Shape, read.Text);

        // A reader who does not keep to the form has said nothing that can be used; the answer stands without them.
        var sound = AnswerCheck.Problems(Shape, text).Count == 0 ? text : "{\"complaints\":[]}";
        scope.Options.History.AddArtifact(scope.Artifact(ArtifactKinds.Complaints, sound, read.Model, answer.Id));
        return Read(sound, answer.Content);
    }

    // What is quoted must stand in the answer: a reader who quotes what nobody wrote has read something else.
    private static IReadOnlyList<string> Read(string json, string answer)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("complaints").EnumerateArray()
                .Select(entry => (Quote: entry.GetProperty("quote").GetString() ?? "", Problem: entry.GetProperty("problem").GetString() ?? ""))
                .Where(entry => entry.Quote.Trim().Length > 0 && answer.Contains(entry.Quote.Trim(), StringComparison.Ordinal))
                .Select(entry => $"“{entry.Quote.Trim()}”: {entry.Problem}"),
        ];
    }
}
