using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>yaml/syntax</c></summary>
internal sealed class YamlSyntax : Rule, IDocumentRule
{
    public override string Code => "yaml/syntax";

    public override Severity Severity => Severity.Error;

    public override string Summary => "The YAML does not parse; what did parse still counts.";

    public override string Documentation => """
        YAML gives some characters a meaning of their own, so that a line may say something else than it seems to. The slips that writers
        make most often have a message and a fix of their own: a colon inside a title (`title: Chapter 1: Arrival` wants quotes), a value
        that begins with `@`, a tab where spaces belong, a quote that is never closed.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var group in Errors(document).GroupBy(pair => pair.Region))
        {
            // A template for notes becomes YAML only when it is filled in.
            var isNote = document.Markdown is not null;
            if (isNote && document.Text.Text.AsSpan(group.Key.Start, group.Key.Length).Contains("<%", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var (_, error) in group)
            {
                if (!isNote || !HasPlaceholder(document.Text, error))
                {
                    report(new(Code, Severity, error.Span, error.Message));
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (_, error) in Errors(document))
        {
            if (error.Slip is { } slip && error.Span == finding.Span && error.Message == finding.Message)
            {
                var mention = Mention(snapshot, document, error);
                if (mention is not null)
                {
                    yield return mention;
                }

                yield return new(slip.Title, WorkspaceChange.Edit(document.Path, slip.Edits), IsPreferred: mention is null);
                yield break;
            }
        }
    }

    // Whoever writes @ada means Ada, as in a chat.
    private static Fix? Mention(Snapshot snapshot, Document document, YamlError error)
    {
        var reference = document.Facts.References.FirstOrDefault(reference => reference.Span.Overlaps(error.Span) && reference.Text.StartsWith('@'));
        return error.Kind == YamlErrorKind.ReservedCharacter && reference is not null && snapshot.Resolve(reference.Text[1..], reference.Target).Container is not null
            ? new($"Replace with `{reference.Text[1..]}`", WorkspaceChange.Edit(document.Path, new TextEdit(reference.Span, reference.Text[1..])), IsPreferred: true)
            : null;
    }

    private static IEnumerable<(TextSpan Region, YamlError Error)> Errors(Document document)
    {
        if (document.YamlRegions.Count == 0)
        {
            return document.Yaml is { } tree ? tree.Errors.Select(error => (new TextSpan(0, document.Text.Length), error)) : [];
        }

        // Front matter that is never closed is a fault of its own, and all that follows from it is no other.
        var open = document.Markdown?.FrontMatter is { IsClosed: false } front ? front.Span : new TextSpan(-1, 0);
        return document.YamlRegions
            .Where(region => !open.Contains(region.Span))
            .SelectMany(region => region.Tree.Errors.Select(error => (region.Span, error)));
    }

    private static bool HasPlaceholder(SourceText text, YamlError error)
    {
        var line = text.GetLineSpan(text.GetPosition(error.Span.Start).Line);
        return Placeholder.IsIn(text.Text.AsSpan(line.Start, line.Length));
    }
}
