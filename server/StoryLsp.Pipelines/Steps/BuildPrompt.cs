using System.Text;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>prompt</c>: the words of the pipeline, with what comes from the workspace fenced as data.</summary>
internal static class BuildPrompt
{
    public static void Do(StepScope scope, PromptStep step)
    {
        if (scope.Pipeline.Input == PipelineInput.Findings && scope.Asked.Count == 0)
        {
            scope.Options.History.Append(scope.Event(EventKinds.NothingToDo, new() { Message = AskedFindings.Beside(scope) ?? "The rules find nothing here that could be mended, so nobody was asked." }));
            return;
        }

        scope.Report("Putting the prompt together");
        var format = scope.Pipeline.Steps.Skip(step.Index).OfType<GenerateStep>().FirstOrDefault() is { Output: OutputKind.Json } generate
            ? "\n\n" + AnswerSchema.Instruction(generate.Schema)
            : "";
        var prompt = Fill(scope, step.System, step.User) with { };
        prompt = prompt with { System = prompt.System + format };
        var parent = scope.State.Latest(ArtifactKinds.Context, step.Index)?.Id;
        scope.Options.History.Append(scope.Artifact(ArtifactKinds.Prompt, RunJson.Write(prompt), parent: parent, readFrom: ReadFrom(scope)), scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = scope.Pipeline.Input == PipelineInput.Findings ? AskedFindings.Beside(scope) : null }));
    }

    private static IEnumerable<string> ReadFrom(StepScope scope) => scope.Pipeline.Input == PipelineInput.Findings
        ? scope.Asked.SelectMany(found => found.Finding.Related.Select(place => place.Path).Prepend(found.Path))
        : scope.State.Latest(ArtifactKinds.Context, scope.Step.Index)?.Inputs.Select(input => input.Path) ?? [];

    /// <summary>The two parts with their values.</summary>
    public static PromptText Fill(StepScope scope, string system, string user)
    {
        var filled = new PromptText
        {
            System = Template.Fill(system.Trim(), name => ValueOf(scope, name)),
            User = Squeezed(Template.Fill(user.Trim(), name => ValueOf(scope, name))),
        };
        return filled with { System = filled.System + "\n\n" + Fence.Rule };
    }

    private static string ValueOf(StepScope scope, string name) => name switch
    {
        "context" => scope.State.Context(scope.Step.Index)?.Text ?? "",
        "input" => Input(scope),
        "name" => Fence.Data("the name", scope.Name),
        "instruction" => scope.State.Arguments.Instruction is { } instruction && instruction.Trim().Length > 0 ? "What the writer asks for: " + Fence.Harmless(instruction.Trim()) : "",
        "findings" => FindingsText.Of(scope),
        "types" => TypesText.Of(scope.Snapshot),
        "answer" => Answer(scope, null),
        _ => Answer(scope, name),
    };

    private static string Input(StepScope scope) =>
        scope.State.Arguments.Text is { } text ? Fence.Data("what the writer describes", text) : scope.HasSubject ? scope.Told.FencedProse : "";

    private static string Answer(StepScope scope, string? name)
    {
        var generate = name is null ? null : scope.Pipeline.Steps.OfType<GenerateStep>().FirstOrDefault(step => step.Name == name);
        var upTo = generate is null ? scope.Step.Index : NextGenerate(scope, generate.Index);
        return scope.State.Latest(ArtifactKinds.Answer, upTo) is { } answer ? Fence.Data(name is null ? "the answer" : "the answer: " + name, answer.Content) : "";
    }

    // A later validate may have repaired it; the next generate makes another.
    private static int NextGenerate(StepScope scope, int index) =>
        Math.Min(scope.Step.Index, (scope.Pipeline.Steps.OfType<GenerateStep>().FirstOrDefault(step => step.Index > index)?.Index ?? int.MaxValue) - 1);

    // What is not there leaves no hole behind.
    private static string Squeezed(string text)
    {
        var result = new StringBuilder();
        var blank = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            blank = line.Trim().Length == 0 ? blank + 1 : 0;
            if (blank < 2)
            {
                result.Append(line).Append('\n');
            }
        }

        return result.ToString().Trim('\n');
    }
}
