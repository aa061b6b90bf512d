using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Rename;

/// <summary>The titles that belong to no container: <c>title</c> in <c>story.yaml</c>, and that on the title page of a script.</summary>
internal static class StoryTitles
{
    /// <summary>The titles of a document, each with its scalar where it is YAML.</summary>
    public static IEnumerable<(TextSpan Span, YamlScalar? Scalar)> Of(Snapshot snapshot, DocumentFacts facts) => facts.Kind switch
    {
        DocumentKind.Settings => snapshot.Document(facts.Path)?.Yaml?.Documents.FirstOrDefault()?.Root.Get("title") is YamlScalar { IsNull: false } scalar ? [(scalar.ContentSpan, scalar)] : [],
        DocumentKind.Fountain => (snapshot.Document(facts.Path)?.Fountain?.TitlePage ?? [])
            .Where(title => title.Key.Equals("title", StringComparison.OrdinalIgnoreCase) && title.ValueSpan.Length > 0).Select(title => (title.ValueSpan, (YamlScalar?)null)),
        _ => [],
    };
}
