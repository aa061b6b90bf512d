using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Finds the containers of a Markdown file: the file itself, and headings followed by a <c>story</c> fence.</summary>
internal static class MarkdownDocumentReader
{
    /// <summary>Reads the containers, links and prose; gives the stretches of YAML.</summary>
    public static IReadOnlyList<YamlRegion> Read(FactsDraft draft, MarkdownTree tree)
    {
        draft.Headings = tree.Headings;
        draft.BlockAnchors = tree.BlockAnchors;
        var regions = new List<YamlRegion>();
        ReadFile(draft, tree, regions);
        ReadHeadings(draft, tree, regions);
        GiveOwners(draft, tree);
        ReadFrontMatterLinks(draft, regions);
        return regions;
    }

    private static void ReadFile(FactsDraft draft, MarkdownTree tree, List<YamlRegion> regions)
    {
        YamlTree? yaml = null;
        var root = default(YamlMapping);
        if (tree.FrontMatter is { } front)
        {
            yaml = YamlParser.Parse(draft.Text, front.Content);
            root = yaml.Documents.FirstOrDefault()?.Root as YamlMapping;
        }

        var type = FileType(draft, root);
        var heading = tree.Headings.FirstOrDefault(candidate => candidate.Level == 1 && candidate.Text.Length > 0);
        IReadOnlyList<YamlEntry> entries = [.. root?.Entries ?? [], .. TagEntries(tree, 0, FirstContainerStart(tree))];
        var index = draft.Add(new ContainerDraft
        {
            Origin = ContainerOrigin.MarkdownFile,
            Type = type.Type,
            TypeSpan = type.Span,
            Entries = entries,
            DerivedId = Slug.Of(draft.Stem),
            Name = heading is null ? null : new(heading.Text, heading.TextSpan),
            FallbackName = DocumentReader.Humanize(draft.Stem),
            Span = new TextSpan(0, draft.Text.Length),
            SelectionSpan = root?.Entries is [var first, ..] ? first.Key.Span : new TextSpan(tree.BodyStart, 0),
        });
        if (yaml is not null)
        {
            regions.Add(new(tree.FrontMatter!.Content, yaml, [.. yaml.Documents.Select((_, i) => i == 0 && root is not null ? index : -1)]));
        }
    }

    private static (string Type, TextSpan? Span) FileType(FactsDraft draft, YamlMapping? root)
    {
        var schemas = draft.Context.Schemas;
        var settings = draft.Context.Settings;
        if ((root.Entry("type") ?? root.Entry("container_type"))?.Value is YamlScalar { IsNull: false } written)
        {
            var known = schemas.Find(written.Value.Trim());
            if (known is not null || settings.Exists)
            {
                return (known?.Name ?? written.Value.Trim(), written.ContentSpan);
            }
        }

        return (schemas.TypeOfFolder(draft.Path, settings.Folders) ?? SchemaSet.Note, null);
    }

    private static void ReadHeadings(FactsDraft draft, MarkdownTree tree, List<YamlRegion> regions)
    {
        foreach (var fence in tree.StoryFences)
        {
            var yaml = YamlParser.Parse(draft.Text, fence.Content);
            if (fence.Heading < 0)
            {
                regions.Add(new(fence.Content, yaml, [.. yaml.Documents.Select(_ => -1)]));
                continue;
            }

            var root = yaml.Documents.FirstOrDefault()?.Root as YamlMapping;
            var heading = tree.Headings[fence.Heading];
            var span = SectionOf(draft, tree, fence.Heading);
            var type = HeadingType(draft, root);
            var index = draft.Add(new ContainerDraft
            {
                Origin = ContainerOrigin.Heading,
                Type = type.Type,
                TypeSpan = type.Span,
                Entries = [.. root?.Entries ?? [], .. TagEntries(tree, span.Start, NextFenceHeading(tree, fence.Heading, span.End))],
                DerivedId = Slug.Of(heading.Text),
                Name = heading.Text.Length == 0 ? null : new(heading.Text, heading.TextSpan),
                FallbackName = DocumentReader.Humanize(draft.Stem),
                Span = span,
                SelectionSpan = heading.TextSpan,
            });
            regions.Add(new(fence.Content, yaml, [.. yaml.Documents.Select((_, i) => i == 0 ? index : -1)]));
        }
    }

    private static (string Type, TextSpan? Span) HeadingType(FactsDraft draft, YamlMapping? root)
    {
        var schemas = draft.Context.Schemas;
        if (root.Entry("type")?.Value is YamlScalar { IsNull: false } written &&
            (schemas.Find(written.Value.Trim()) is not null || draft.Context.Settings.Exists))
        {
            return (schemas.Find(written.Value.Trim())?.Name ?? written.Value.Trim(), written.ContentSpan);
        }

        // Place is inherited, but a story fence in a folder of no type is a scene, for that is what writers fence; and so it is in a file of chapters, unless
        // it has the number of a chapter.
        var folder = schemas.TypeOfFolder(draft.Path, draft.Context.Settings.Folders);
        return (folder is null || (schemas.IsKindOf(folder, "chapter") && root.Entry("number") is null) ? "scene" : folder, null);
    }

    private static TextSpan SectionOf(FactsDraft draft, MarkdownTree tree, int heading)
    {
        var level = tree.Headings[heading].Level;
        for (var next = heading + 1; next < tree.Headings.Count; next++)
        {
            if (tree.Headings[next].Level <= level)
            {
                return TextSpan.FromBounds(tree.Headings[heading].Span.Start, tree.Headings[next].Span.Start);
            }
        }

        return TextSpan.FromBounds(tree.Headings[heading].Span.Start, draft.Text.Length);
    }

    private static int FirstContainerStart(MarkdownTree tree) => NextFenceHeading(tree, -1, int.MaxValue);

    private static int NextFenceHeading(MarkdownTree tree, int after, int end)
    {
        var next = tree.StoryFences.FirstOrDefault(fence => fence.Heading > after);
        return next is null ? end : Math.Min(end, tree.Headings[next.Heading].Span.Start);
    }

    // novelWriter's lines are attributes of the container that they stand in.
    private static List<YamlEntry> TagEntries(MarkdownTree tree, int start, int end)
    {
        var result = new List<YamlEntry>();
        foreach (var line in tree.TagLines)
        {
            var field = FieldOfTag(line);
            if (line.Span.Start < start || line.Span.Start >= end || field is null || line.Values.Count == 0)
            {
                continue;
            }

            var items = line.Values.Select(value => (YamlNode)new YamlScalar(value.Span, value.Span, value.Text, YamlScalarStyle.DoubleQuoted)).ToList();
            var span = TextSpan.FromBounds(items[0].Span.Start, items[^1].Span.End);
            var value = items.Count == 1 ? items[0] : new YamlSequence(span, items, true);
            result.Add(new(new YamlScalar(line.KeySpan, line.KeySpan, field, YamlScalarStyle.Plain), value, line.Span));
        }

        return result;
    }

    private static string? FieldOfTag(TagLine line) => line.Key switch
    {
        "pov" => "pov",
        "char" => "characters",
        "location" => "location",
        "mention" => "mentions",
        "synopsis" => "synopsis",
        "tag" => "aliases",
        // novelWriter's times are names of its own; only what looks like a date is one.
        "time" when line.Values.Count > 0 && (char.IsAsciiDigit(line.Values[0].Text[0]) || line.Values[0].Text.StartsWith("Day ", StringComparison.OrdinalIgnoreCase)) => "when",
        _ => null,
    };

    private static void GiveOwners(FactsDraft draft, MarkdownTree tree)
    {
        var owners = draft.Containers.Where(container => container.Origin is ContainerOrigin.MarkdownFile or ContainerOrigin.Heading).ToList();

        // Nearly all files are one container, in which nothing is cut.
        var boundaries = owners.Exists(container => container.Origin == ContainerOrigin.Heading) ? Boundaries(owners, draft.Text.Length) : null;
        foreach (var span in tree.Prose)
        {
            if (boundaries is not null)
            {
                foreach (var piece in Split(span, boundaries))
                {
                    draft.Prose.Add(new(OwnerOf(owners, piece.Start), piece));
                }
            }
            else if (span.Length > 0)
            {
                draft.Prose.Add(new(OwnerOf(owners, span.Start), span));
            }
        }

        foreach (var link in tree.Links)
        {
            draft.Links.Add(WithOwner(link, OwnerOf(owners, link.Span.Start)));
        }
    }

    private static SortedSet<int> Boundaries(List<ContainerFact> containers, int end)
    {
        var result = new SortedSet<int> { 0, end };
        foreach (var container in containers.Where(container => container.Origin == ContainerOrigin.Heading))
        {
            result.Add(container.Span.Start);
            result.Add(container.Span.End);
        }

        return result;
    }

    private static IEnumerable<TextSpan> Split(TextSpan span, SortedSet<int> boundaries)
    {
        var start = span.Start;
        foreach (var cut in boundaries.GetViewBetween(span.Start, span.End))
        {
            if (cut > start && cut < span.End)
            {
                yield return TextSpan.FromBounds(start, cut);
                start = cut;
            }
        }

        if (start < span.End)
        {
            yield return TextSpan.FromBounds(start, span.End);
        }
    }

    // The innermost of the containers that may own prose.
    private static int OwnerOf(List<ContainerFact> owners, int offset)
    {
        var owner = -1;
        var length = int.MaxValue;
        foreach (var container in owners)
        {
            if (container.Span.Start <= offset && offset < container.Span.End && container.Span.Length <= length)
            {
                owner = container.Index;
                length = container.Span.Length;
            }
        }

        return owner;
    }

    private static LinkFact WithOwner(LinkFact link, int owner) => new()
    {
        Kind = link.Kind,
        Container = owner,
        Target = link.Target,
        Anchor = link.Anchor,
        Shown = link.Shown,
        Span = link.Span,
        TargetSpan = link.TargetSpan,
        AnchorSpan = link.AnchorSpan,
        ShownSpan = link.ShownSpan,
    };

    private static void ReadFrontMatterLinks(FactsDraft draft, List<YamlRegion> regions)
    {
        foreach (var region in regions)
        {
            YamlLinkReader.Read(draft, region);
        }
    }
}
