using StoryLsp.Continuity.Naming;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Files;

/// <summary>The part of <c>schema/invalid</c> that looks at pipeline files: one at fault must not be ignored in silence.</summary>
internal sealed class PipelineFileRule : IDocumentRule
{
    private const string Code = "schema/invalid";

    private static YamlNode? Written(YamlNode? root, int step) => root.Get("steps").AsList().ElementAtOrDefault(step).Get("propose").Get("field");

    /// <inheritdoc/>
    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        if (document.Facts.Kind != DocumentKind.Pipeline || document.Yaml is not { } tree)
        {
            return;
        }

        var (pipeline, problems) = PipelineReader.Read(tree, document.Text, document.Path);
        foreach (var problem in problems.Where(problem => !tree.Errors.Any(error => error.Span.Touches(problem.Span.Start) || problem.Span.Touches(error.Span.Start))))
        {
            report(new(Code, Severity.Error, problem.Span, problem.Message));
        }

        if (pipeline is not null && schemas.Find(pipeline.Input) is { } type && pipeline.Steps.OfType<ProposeStep>().FirstOrDefault(step => step.Field is not null) is { } propose &&
            type.FindField(propose.Field!) is null && Written(tree.Documents[0].Root, propose.Index) is { } field)
        {
            report(new(Code, Severity.Error, field.Span, $"The type `{type.Name}` has no field `{propose.Field}`. {Suggestion.Of(propose.Field!, type.Fields.Select(known => known.Name))}Name a field that it has, or add one to its schema."));
        }

        if (pipeline is { TakesContainer: true } && schemas.Find(pipeline.Input) is null && tree.Documents[0].Root.Get("input") is { } input)
        {
            report(new(Code, Severity.Error, input.Span, $"No schema defines the type `{pipeline.Input}`, so this pipeline never has an input. Name a type that there is, or write `text`, `findings` or `story`."));
        }
    }
}
