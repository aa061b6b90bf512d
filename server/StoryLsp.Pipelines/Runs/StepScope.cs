using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What a step works with: the run as it stands, and the story as it is today.</summary>
internal sealed class StepScope(RunnerOptions options, RunState state, StepFile step, Snapshot snapshot, IProgress<RunUpdate>? progress, long? cause)
{
    private (Container Container, Document Document)? _subject;
    private CompiledContext? _told;
    private Container? _place;
    private IReadOnlyList<(string Path, Finding Finding)>? _asked;

    public RunnerOptions Options => options;

    public RunState State => state;

    public StepFile Step => step;

    public Snapshot Snapshot => snapshot;

    public PipelineFile Pipeline => state.Pipeline!;

    public string Run => state.Record.Id;

    /// <summary>The container that the run is about; null where it reads a text, findings or the whole story.</summary>
    public Container? Subject => HasSubject ? Today.Container : null;

    public Document? Document => HasSubject ? Today.Document : null;

    public bool HasSubject => state.Arguments.Container is not null;

    /// <summary>The name and the prose of the subject, and what must not be said at its place.</summary>
    public CompiledContext Told => _told ??= ContextCompiler.Compile(snapshot, new ContextRequest { Subject = Subject, Position = Place, Include = [ContextPart.Subject], TokenLimit = int.MaxValue });

    /// <summary>Where in the story a run stands that is about findings; null: where its subject does.</summary>
    public Container? Place => Pipeline.Input == PipelineInput.Findings ? _place ??= AskedFindings.Earliest(options, snapshot, state.Arguments.Path) : null;

    /// <summary>The findings that the run may ask a model about.</summary>
    public IReadOnlyList<(string Path, Finding Finding)> Asked => _asked ??= AskedFindings.Of(this);

    /// <summary>What the run is about, as a sentence may name it.</summary>
    public string Name => HasSubject ? Told.Name : state.Record.Input;

    public DateTimeOffset Now => options.Time.GetUtcNow();

    private (Container Container, Document Document) Today => _subject ??= RunSubject.Today(snapshot, state.Arguments);

    public void Report(string message, string? text = null) => progress?.Report(new(Run, RunStatus.Running, step.Index, step.Kind, message, text));

    /// <summary>An event of this step, caused by the event that began it.</summary>
    public RunEvent Event(string kind, RunEventData? data = null) => new(0, Run, kind, step.Index, RunJson.Write(data ?? new()), Run, cause, Now);

    /// <summary>A new artifact of this step, with the files that it was made from as they are now: the subject's first.</summary>
    public Artifact Artifact(string kind, string content, string model = "", long? parent = null, IEnumerable<string>? readFrom = null) =>
        new(0, Run, step.Index, kind, options.History.Artifacts(Run).Count(artifact => artifact.Kind == kind && artifact.Step == step.Index) + 1, parent, Pipeline.Version, model, Inputs(readFrom ?? []), content, Now);

    private IReadOnlyList<ArtifactInput> Inputs(IEnumerable<string> readFrom)
    {
        var result = new List<ArtifactInput>();
        if (HasSubject)
        {
            result.Add(new(Today.Document.Path, Convert.ToHexStringLower(Today.Document.Text.ContentHash)));
        }

        foreach (var path in readFrom.Distinct(StringComparer.Ordinal).Where(path => result.Count == 0 || path != result[0].Path))
        {
            if (snapshot.Text(path) is { } text)
            {
                result.Add(new(path, Convert.ToHexStringLower(text.ContentHash)));
            }
        }

        return result;
    }
}
