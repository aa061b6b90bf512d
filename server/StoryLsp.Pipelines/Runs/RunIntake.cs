using StoryLsp.Index;
using StoryLsp.Language.Schemas;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What a run is asked to work on, looked at before anything is written down: a run that cannot succeed does not begin.</summary>
internal static class RunIntake
{
    /// <summary>The longest prose that is sent, in UTF-16 code units: a whole novel in one scene is a slip, and costs.</summary>
    private const int LongestProse = 2_000_000;

    /// <summary>What the run is called, and what it keeps.</summary>
    /// <exception cref="ProviderException">It cannot be run on this.</exception>
    public static (string Input, RunArguments Arguments) Of(RunnerOptions options, Snapshot snapshot, PipelineFile pipeline, RunRequest request)
    {
        var (input, arguments) = Read(snapshot, pipeline, request);
        FirewallChatClient.Require(SecretsOf(options, snapshot, pipeline, arguments), arguments.Instruction, arguments.Text, arguments.Model);
        return (input, arguments);
    }

    /// <summary>What must not be said at the place of a run.</summary>
    public static StorySecrets SecretsOf(RunnerOptions options, Snapshot snapshot, PipelineFile pipeline, RunArguments arguments) => StorySecrets.At(snapshot,
        arguments.Container is not null ? SubjectOf(snapshot, arguments)
            : pipeline.Input == PipelineInput.Findings ? AskedFindings.Earliest(options, snapshot, arguments.Path) : null);

    // What is gone stands nowhere; the step that wants it says so.
    private static Container? SubjectOf(Snapshot snapshot, RunArguments arguments)
    {
        try
        {
            return RunSubject.Today(snapshot, arguments).Container;
        }
        catch (ProviderException)
        {
            return null;
        }
    }

    private static (string Input, RunArguments Arguments) Read(Snapshot snapshot, PipelineFile pipeline, RunRequest request)
    {
        var arguments = new RunArguments { Instruction = request.Instruction, Auto = request.Auto, Model = request.Model };
        if (pipeline.TakesContainer)
        {
            return OfContainer(snapshot, pipeline, request, arguments);
        }

        switch (pipeline.Input)
        {
            case PipelineInput.Text:
                var text = request.Input ?? request.Instruction;
                return string.IsNullOrWhiteSpace(text)
                    ? throw Nothing($"Say what you want, in your own words: `storylsp run {pipeline.Name} --instruction \"…\"`.")
                    : (Excerpt(text), arguments with { Text = text.Trim(), Instruction = request.Input is null ? null : request.Instruction });
            case PipelineInput.Findings when !string.IsNullOrWhiteSpace(request.Input):
                return OfPath(snapshot, request.Input, arguments);
            default:
                return ("the story", arguments);
        }
    }

    private static (string, RunArguments) OfContainer(Snapshot snapshot, PipelineFile pipeline, RunRequest request, RunArguments arguments)
    {
        var container = RunSubject.Named(snapshot, pipeline, request.Input);
        arguments = arguments with { Path = container.Path, Container = RunSubject.MarkOf(container) };
        var (today, document) = RunSubject.Today(snapshot, arguments);
        var told = ContextCompiler.Compile(snapshot, new ContextRequest { Subject = today, Include = [ContextPart.Subject], TokenLimit = int.MaxValue });
        foreach (var propose in pipeline.Steps.OfType<ProposeStep>().Where(step => step.To == ProposalTarget.Field))
        {
            RequireField(snapshot, today, told.Name, propose.Field!);
        }

        RequireProse(pipeline, told);
        if (!told.IsProseWhole && pipeline.Steps.OfType<ProposeStep>().Any(step => step.To == ProposalTarget.Replace))
        {
            throw Nothing($"“{told.Name}” holds paragraphs that no model may read here, so its prose cannot be written anew as a whole. The pipeline `continue-scene` adds to it.");
        }

        if (pipeline.Steps.OfType<ProposeStep>().Any(step => step.To == ProposalTarget.Replace) && ProseDraft.WhyNotWhole(document, today.Fact, told.Name) is { } why)
        {
            throw Nothing(why);
        }

        return (told.Id == snapshot.IdOf(container) ? told.Id : container.Path, arguments);
    }

    private static (string, RunArguments) OfPath(Snapshot snapshot, string input, RunArguments arguments)
    {
        // A line may stand behind the path, for the findings of that line alone.
        if (snapshot.Facts(input) is not null || (AskedFindings.Place(input).Path is { } path && snapshot.Facts(path) is not null))
        {
            return (input, arguments with { Path = input });
        }

        var found = snapshot.Resolve(input, null);
        return found.Container is { } container ? (container.Path, arguments with { Path = container.Path }) : throw Nothing($"There is no file and nothing else of the name `{input}` in this story.");
    }

    private static void RequireField(Snapshot snapshot, Container container, string name, string wanted)
    {
        if (snapshot.Schemas.Find(container.Type)?.FindField(wanted) is not { Type: FieldType.Text or FieldType.String or FieldType.Any } field)
        {
            throw Nothing($"“{name}” is of the type `{container.Type}`, which has no field `{wanted}` for a text.");
        }

        if (field.Secret || container.Fact.Fields.Any(written => written.Name == field.Name && SecretParts.Of(snapshot, container.Document).PublicField(container.Type, written) is null))
        {
            throw Nothing($"The {wanted} of “{name}” is secret in this workspace, so no model reads or writes it.");
        }
    }

    private static void RequireProse(PipelineFile pipeline, CompiledContext told)
    {
        if (pipeline.ReadsProse && !told.Prose.Any(char.IsLetterOrDigit))
        {
            throw Nothing($"“{told.Name}” has no prose yet, so there is nothing to read.");
        }

        if (told.Prose.Length > LongestProse)
        {
            throw Nothing($"“{told.Name}” is too long to be sent to a model at once.");
        }
    }

    /// <summary>What tells one request from another; how the run is watched, and by which model it is answered, is no difference.</summary>
    public static string MarkOf(PipelineFile pipeline, string input, RunArguments arguments) =>
        StoryTree.HashOf(string.Join('\0', pipeline.Name, input, arguments.Path, arguments.Container, arguments.Text, arguments.Instruction));

    private static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : line[..(char.IsHighSurrogate(line[58]) ? 58 : 59)] + "…";
    }

    private static ProviderException Nothing(string message) => new(ProviderFailure.NothingToDo, message);
}
