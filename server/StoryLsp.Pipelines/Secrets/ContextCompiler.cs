using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// Compiles what a model is told. It is the only way to a model: a field that a schema marks as secret, at any depth and in any
/// container, is left out, and so is every field that no schema knows.
/// </summary>
public static class ContextCompiler
{
    private static readonly string[] CastFields = ["pov", "characters", "location"];

    /// <summary>Compiles what a model is told, for the place in the story where its subject stands. What is secret there is left out, and counted.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="request">What is wanted.</param>
    public static CompiledContext Compile(Snapshot snapshot, ContextRequest request) => new Compilation(snapshot, request).Compile();

    /// <summary>The context of a scene: its own attributes and prose, and a card of each person in it and of its place.</summary>
    public static SceneContext OfScene(Snapshot snapshot, Container scene) => OfScene(snapshot, scene, snapshot.Document(scene.Path));

    /// <summary>The same, of a scene in a document that was read already.</summary>
    internal static SceneContext OfScene(Snapshot snapshot, Container scene, Document? document)
    {
        var secrets = SecretParts.Of(snapshot, scene.Document);
        var items = new List<ContextItem> { Item(snapshot, scene, secrets, "the scene") };
        var seen = new HashSet<(string, int)> { (scene.Path, scene.Fact.Index) };
        foreach (var reference in scene.Document.References)
        {
            if (reference.Container == scene.Fact.Index && CastFields.Contains(reference.Field) && IsPublic(scene, secrets, reference) &&
                snapshot.Resolve(reference, scene.Path).Container is { } container && seen.Add((container.Path, container.Fact.Index)))
            {
                var its = container.Path == scene.Path ? secrets : SecretParts.Of(snapshot, container.Document);
                items.Add(Item(snapshot, container, its, reference.Field == "location" ? "the place" : "in the cast"));
            }
        }

        return new(scene, NameOf(scene, secrets), items, document is null ? "" : ProseOf(snapshot, scene, document));
    }

    // Attributes whose fences are broken are prose to a reader of Markdown. A paragraph that names a secret field as a key is left out.
    private static string ProseOf(Snapshot snapshot, Container scene, Document document)
    {
        var prose = SceneProse.Of(document, scene.Fact.Index);
        var keys = SecretParts.KeysOf(snapshot, scene.Type);
        return keys.Count == 0 ? prose : string.Join("\n\n", prose.Split("\n\n").Where(paragraph => !paragraph.Split('\n', '\r').Any(line => NamesKey(line, keys))));
    }

    private static bool NamesKey(string line, IReadOnlySet<string> keys) =>
        line.IndexOf(':') is var colon and > 0 && keys.Contains(line[..colon].Trim(' ', '\t', '"', '\'', '-', '?', '{'));

    // Who is there is as secret as the field that says so.
    private static bool IsPublic(Container scene, SecretParts secrets, ReferenceFact reference) =>
        !secrets.Covers(reference.Span) && scene.Fact.Fields.All(field => field.Name != reference.Field || secrets.PublicField(scene.Type, field) is not null);

    private static ContextItem Item(Snapshot snapshot, Container container, SecretParts secrets, string reason)
    {
        var id = snapshot.IdOf(container);
        var hidesId = (container.Fact.IdSpan is { } span && secrets.Covers(span)) || secrets.IsSecretText(container.Fact, container.Fact.Id);
        return new(hidesId ? "a " + container.Type : id, reason, Attributes(container, secrets));
    }

    private static string NameOf(Container container, SecretParts secrets)
    {
        var hidden = (container.Fact.NameSpan is { } span && secrets.Covers(span)) || secrets.IsSecretText(container.Fact, container.Name);
        return hidden ? "a " + container.Type : container.Name;
    }

    private static string Attributes(Container container, SecretParts secrets)
    {
        var card = new AttributeCard(secrets);
        card.Add("type", container.Type);
        card.Add("name", NameOf(container, secrets));
        foreach (var field in container.Fact.Fields)
        {
            if (secrets.PublicField(container.Type, field) is { } known && known.Name is not ("name" or "title" or "progressions" or "matching"))
            {
                card.Add(known, field.Value);
            }
        }

        return card.ToString();
    }
}
