using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Finds the containers of a Fountain file: the script with its title page, and one scene for each scene heading.</summary>
internal static class FountainDocumentReader
{
    /// <summary>Reads the containers and the prose.</summary>
    public static void Read(FactsDraft draft, FountainTree tree)
    {
        var type = draft.Context.Schemas.TypeOfFolder(draft.Path, draft.Context.Settings.Folders) ?? SchemaSet.Note;
        var script = draft.Add(new ContainerDraft
        {
            Origin = ContainerOrigin.FountainScript,
            Type = type == "scene" ? SchemaSet.Note : type,
            Entries = [.. tree.TitlePage.Select(title => Entry(title.Key, title.KeySpan, title.Value, title.ValueSpan))],
            DerivedId = Slug.Of(draft.Stem),
            FallbackName = DocumentReader.Humanize(draft.Stem),
            Span = new TextSpan(0, draft.Text.Length),
            SelectionSpan = tree.TitlePage is [var first, ..] ? first.KeySpan : new TextSpan(0, 0),
        });
        foreach (var scene in tree.Scenes)
        {
            draft.Add(new ContainerDraft
            {
                Origin = ContainerOrigin.FountainScene,
                Parent = script,
                Type = "scene",
                Entries = Attributes(draft, scene),
                DerivedId = Slug.Of(draft.Stem + "-" + scene.Number),
                Name = new(scene.Heading, scene.HeadingSpan),
                FallbackName = scene.Heading,
                Span = scene.Span,
                SelectionSpan = scene.HeadingSpan,
            });
        }

        GiveOwners(draft, tree);
    }

    // Only what a known option can hold becomes a time of day: a heading's CONTINUOUS or LATER is no fault.
    private static List<YamlEntry> Attributes(FactsDraft draft, FountainScene scene)
    {
        var result = new List<YamlEntry>();
        var options = draft.Context.Schemas.Find("scene")?.FindField("time_of_day")?.Options ?? [];
        if (scene.TimeOfDay is { } time && options.Contains(time.Text, StringComparer.OrdinalIgnoreCase))
        {
            result.Add(Entry("time_of_day", time.Span, time.Text.ToLowerInvariant(), time.Span));
        }

        if (scene.Synopsis is { } synopsis)
        {
            result.Add(Entry("synopsis", synopsis.Span, synopsis.Text, synopsis.Span));
        }

        return result;
    }

    private static void GiveOwners(FactsDraft draft, FountainTree tree)
    {
        var containers = draft.Containers;
        var at = 0;
        foreach (var span in tree.Prose)
        {
            while (at < tree.Scenes.Count && tree.Scenes[at].Span.End <= span.Start)
            {
                at++;
            }

            var inside = at < tree.Scenes.Count && tree.Scenes[at].Span.Start <= span.Start;
            draft.Prose.Add(new(inside ? containers[at + 1].Index : 0, span));
        }
    }

    private static YamlEntry Entry(string key, TextSpan keySpan, string value, TextSpan valueSpan) => new(
        new YamlScalar(keySpan, keySpan, key, YamlScalarStyle.Plain),
        new YamlScalar(valueSpan, valueSpan, value, YamlScalarStyle.DoubleQuoted),
        TextSpan.FromBounds(Math.Min(keySpan.Start, valueSpan.Start), Math.Max(keySpan.End, valueSpan.End)));
}
