using System.Globalization;
using System.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>Lays the containers of a world out in files, in one of the ways that the format has.</summary>
internal static class WorldFiles
{
    public static IReadOnlyList<WorldFile> Of(World world)
    {
        var files = new List<WorldFile>();
        var collections = new List<string>();
        var layout = new Dice(world.Options.Seed + 77);
        foreach (var type in world.Entries.GroupBy(entry => entry.Type).ToList())
        {
            var wanted = world.Options.Entries ?? (EntryLayout)layout.Below(5);
            Entries(world, type.Key, [.. type], wanted, layout, files, collections);
        }

        Scenes(world, files);
        files.AddRange(world.Extra);
        if (world.HasSettings)
        {
            files.Add(new("story.yaml", Settings(world, collections)));
        }

        return files;
    }

    private static string Folder(string type) => type + "s";

    private static void Entries(World world, string type, List<Container> entries, EntryLayout layout, Dice dice, List<WorldFile> files, List<string> collections)
    {
        // A head line or a file's own faults want a file that is theirs.
        if (layout == EntryLayout.Mapping && (entries.Exists(entry => !entry.WritesId) || !world.HasSettings))
        {
            layout = EntryLayout.Collection;
        }

        switch (layout)
        {
            case EntryLayout.Files:
                foreach (var entry in entries)
                {
                    entry.WritesType &= entry.Type != type || !world.HasSettings || dice.Percent(60);
                    files.Add(new($"{Folder(type)}/{entry.Stem}.yaml", entry.Yaml()));
                }

                break;
            case EntryLayout.Documents:
                // The first document would have its id from the file's stem.
                entries[0].WritesId = true;
                files.Add(new($"{Folder(type)}/all.yaml", string.Join("---\n", entries.Select(entry => entry.Yaml()))));
                break;
            case EntryLayout.Notes:
                var byName = dice.Percent(50);
                foreach (var entry in entries)
                {
                    files.Add(new($"{Folder(type)}/{(byName && entry.WritesId ? Marks.Strip(entry.Name).Replace("/", "-", StringComparison.Ordinal) : entry.Stem)}.md", "---\n" + entry.Yaml() + "---\n\nNothing more is known yet.\n"));
                }

                break;
            case EntryLayout.Collection:
                var list = new StringBuilder().Append(Folder(type)).Append(":\n");
                foreach (var entry in entries)
                {
                    foreach (var line in entry.Head)
                    {
                        list.Append("  ").Append(line).Append('\n');
                    }

                    list.Append("  - ");
                    Bare(entry).WriteEntries(list, 4, true);
                }

                files.Add(new($"world/{Folder(type)}.yaml", list.ToString()));
                break;
            default:
                var map = new StringBuilder().Append("entries:\n");
                foreach (var entry in entries)
                {
                    foreach (var line in entry.Head)
                    {
                        map.Append("  ").Append(line).Append('\n');
                    }

                    map.Append("  ").Append(entry.Marked(entry.Id)).Append(":\n");
                    Bare(entry, false).WriteEntries(map, 4);
                }

                var path = $"world/{Folder(type)}.yaml";
                files.Add(new(path, map.ToString()));
                collections.Add($"  - files: {path}\n    at: entries\n    type: {type}\n");
                break;
        }
    }

    private static Map Bare(Container entry, bool withId = true)
    {
        var fields = new List<Field>();
        if (withId && entry.WritesId)
        {
            fields.Add(new("id", entry.Marked(entry.Id)));
        }

        fields.Add(new(entry.NameKey, entry.Marked(entry.Name)));
        fields.AddRange(entry.Fields);
        return new Map(fields, false);
    }

    private static void Scenes(World world, List<WorldFile> files)
    {
        if (world.Options.Layout == SceneLayout.Files)
        {
            foreach (var scene in world.Scenes)
            {
                files.Add(new($"scenes/{scene.Container.Stem}.md", "---\n" + Yaml(world, scene) + "---\n\n" + scene.Container.Body()));
            }

            return;
        }

        foreach (var chapter in world.Scenes.GroupBy(scene => Chapter(scene)).ToList())
        {
            var number = chapter.Key;
            var text = new StringBuilder($"---\ntype: chapter\nid: chapter-{number}\ntitle: Part {number}\nnumber: {number}\n---\n\n# Part {number}\n");
            foreach (var scene in chapter)
            {
                var heading = world.Options.Headings == true && scene.Timeline != "dream"
                    ? SceneHeading(scene)
                    : scene.Container.Name;
                text.Append("\n## ").Append(heading).Append("\n\n```story\n").Append(Yaml(world, scene)).Append("```\n\n").Append(scene.Container.Body());
            }

            files.Add(new($"chapters/{int.Parse(number, CultureInfo.InvariantCulture):D4}-part.md", text.ToString()));
        }
    }

    private static string Yaml(World world, Scene scene)
    {
        if (world.Options.Keys == SceneKeys.Plain)
        {
            return scene.Container.Yaml();
        }

        var fields = scene.Container.Fields.ToList();
        scene.Container.Fields.Clear();
        scene.Container.Fields.AddRange(fields.Select(field => field with { Key = Key(field.Key, world.Options.Keys == SceneKeys.Own) }));
        var text = scene.Container.Yaml();
        scene.Container.Fields.Clear();
        scene.Container.Fields.AddRange(fields);
        return text;
    }

    private static string Key(string key, bool isOwn)
    {
        var plain = Marks.Strip(key);
        var other = (plain, isOwn) switch
        {
            ("characters", true) => "chars",
            ("when", true) => "story_date",
            ("pov", false) => "POV",
            ("characters", false) => "Characters",
            ("location", false) => "Location",
            ("when", false) => "When",
            ("synopsis", false) => "Synopsis",
            _ => plain,
        };
        return other == plain ? key : key == plain ? other : Marks.Fault(other);
    }

    /// <summary>A heading that a planter has given, or the right one.</summary>
    private static string SceneHeading(Scene scene) =>
        scene.Container.Heading ?? ProseWriter.Heading(scene.Place, scene.IsExact ? scene.Start.Hour : 14);

    private static string Chapter(Scene scene) => scene.Chapter.ToString(CultureInfo.InvariantCulture);

    private static string Settings(World world, List<string> collections)
    {
        var text = new StringBuilder("story: 1\ntitle: A story of seeds\nlanguage: en\n");
        text.Append("status: ").Append(world.Options.Complete == true ? "complete" : "draft").Append('\n');
        if (world.Options.Manuscript == true)
        {
            text.Append("manuscript:\n");
            foreach (var part in world.Scenes.Chunk(5))
            {
                var names = part.Select(scene => ((Node)(scene.Container.WritesId ? scene.Id : scene.Container.Name)).InLine(true));
                text.Append("  - [").Append(string.Join(", ", names)).Append("]\n");
            }
        }

        if (world.Options.Keys == SceneKeys.Own)
        {
            text.Append("fields:\n  scene: {characters: [chars], when: story_date}\n");
        }

        if (collections.Count > 0)
        {
            text.Append("collections:\n");
            collections.ForEach(collection => text.Append(collection));
        }

        foreach (var line in world.Settings)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
