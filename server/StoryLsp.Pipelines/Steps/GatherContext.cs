using System.Globalization;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>context</c>: what the model is told of the story, by <see cref="ContextCompiler"/> alone.</summary>
internal static class GatherContext
{
    public static void Do(StepScope scope, ContextStep step)
    {
        scope.Report("Reading the story");
        var include = step.Include.Select(part => Enum.Parse<ContextPart>(part, ignoreCase: true)).ToList();
        var compiled = ContextCompiler.Compile(scope.Snapshot, new ContextRequest
        {
            Subject = scope.Subject,
            Position = scope.Place,
            Include = include,
            TokenLimit = step.Limit,
            Findings = include.Contains(ContextPart.Findings) ? scope.Asked : [],
        });
        if (compiled.Items.Count == 0 && include.TrueForAll(part => part is ContextPart.Before or ContextPart.Synopses))
        {
            throw ProposalDraft.Nothing($"Nothing comes before “{scope.Name}” that could be summed up.");
        }

        var context = new ContextText
        {
            Text = compiled.FencedItems,
            Items = [.. compiled.Items.Select(item => new ContextLine(item.Container, item.Reason, item.Tokens))],
            LeftOut = compiled.LeftOut,
            Tokens = compiled.Tokens,
        };
        scope.Options.History.Append(scope.Artifact(ArtifactKinds.Context, RunJson.Write(context), readFrom: compiled.Items.Select(item => scope.Snapshot.Resolve(item.Container, null).Container?.Path).OfType<string>()), scope.Event(EventKinds.StepFinished, new() { Step = step.Kind }));
    }
}

/// <summary>The findings that a run is about.</summary>
internal static class AskedFindings
{
    /// <summary>So many are told at once; more would be no minimal repair.</summary>
    private const int Most = 40;

    /// <summary>Errors and warnings of the file, the line or the story that was asked for; a story's, worst first. None that stands in a secret, or says one.</summary>
    public static IReadOnlyList<(string Path, Finding Finding)> Of(StepScope scope) =>
        PublicFindings.Of(scope.Snapshot, scope.Told.Secrets, All(scope.Options, scope.Snapshot, scope.State.Arguments.Path));

    /// <summary>Where in the story they stand, the first of them: what nobody may know there is told of none.</summary>
    public static Container? Earliest(RunnerOptions options, Snapshot snapshot, string? input) => StorySecrets.Earliest(snapshot,
        All(options, snapshot, input).Select(found => snapshot.ContainerAt(found.Path, found.Finding.Span.Start)).OfType<Container>());

    /// <summary>What the writer should know of the findings that are not asked about; null where there are none.</summary>
    public static string? Beside(StepScope scope)
    {
        var (every, asked) = (Every(scope.Options, scope.Snapshot, scope.State.Arguments.Path).Count(), scope.Asked.Count);
        var kept = Math.Min(every, Most) - asked;
        string?[] said =
        [
            kept > 0 ? $"{kept} {(kept == 1 ? "finding touches" : "findings touch")} what no model may read; see `storylsp check`." : null,
            every > Most ? $"{Most} of {every} findings were looked at; run it again for the rest." : null,
        ];
        return said.OfType<string>().ToList() is { Count: > 0 } sentences ? string.Join(' ', sentences) : null;
    }

    private static IReadOnlyList<(string Path, Finding Finding)> All(RunnerOptions options, Snapshot snapshot, string? input) => [.. Every(options, snapshot, input).Take(Most)];

    private static IEnumerable<(string Path, Finding Finding)> Every(RunnerOptions options, Snapshot snapshot, string? input)
    {
        var (path, line) = Place(input);
        IEnumerable<string> paths = path is null ? snapshot.Documents.Select(document => document.Path).Order(StringComparer.Ordinal) : [path];
        return paths.SelectMany(file => options.Findings.Of(snapshot, file).Select(finding => (file, finding)))
            .Where(found => found.finding.Severity is Severity.Error or Severity.Warning || line is not null)
            .Where(found => line is null || snapshot.Text(found.file)?.GetPosition(found.finding.Span.Start).Line == line - 1)
            .OrderBy(found => found.finding.Severity == Severity.Error ? 0 : 1);
    }

    /// <summary>A path, and the line behind its <c>#</c>, from 1.</summary>
    public static (string? Path, int? Line) Place(string? input) =>
        input?.LastIndexOf('#') is > 0 and var hash && int.TryParse(input.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? (input[..hash], line)
            : (input, null);
}
