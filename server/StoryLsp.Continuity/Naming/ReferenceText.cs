using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Naming;

/// <summary>What is to be written to refer to a container.</summary>
internal static class ReferenceText
{
    /// <summary>What a reference field takes: the id where one is written, else the name that resolves; null when nothing does.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The container.</param>
    /// <param name="type">The type that the field takes.</param>
    /// <param name="from">Path of the document with the field.</param>
    public static string? InField(Snapshot snapshot, Container container, string type, string from) =>
        Forms(snapshot, container).FirstOrDefault(form => snapshot.Resolve(form, type, from).Container is { } found && found.IsSameAs(container));

    /// <summary>The target of a wikilink; null when none leads there.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The container.</param>
    /// <param name="from">The document with the link.</param>
    public static string? InLink(Snapshot snapshot, Container container, Document from) =>
        LinkForms(snapshot, container).FirstOrDefault(form => form.AsSpan().IndexOfAny("[]|#") < 0 &&
            snapshot.ResolveLink(new LinkFact { Kind = LinkKind.Wikilink, Container = -1, Target = form, Span = new TextSpan(0, 0), TargetSpan = new TextSpan(0, 0) }, from.Path)
                is { Kind: LinkResolutionKind.Resolved, Container: { } found } && found.IsSameAs(container));

    private static IEnumerable<string> Forms(Snapshot snapshot, Container container)
    {
        if (container.Fact.IdIsWritten)
        {
            yield return container.Fact.Id;
        }

        yield return container.Name;
        yield return snapshot.IdOf(container);
        yield return container.Path;
    }

    private static IEnumerable<string> LinkForms(Snapshot snapshot, Container container)
    {
        yield return FileSet.StemOf(container.Path);
        foreach (var form in Forms(snapshot, container))
        {
            yield return form;
        }

        yield return container.Path[..container.Path.LastIndexOf('.')];
    }
}
