using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Storage;

/// <summary>Turns the facts of a document into bytes and back, every member of them.</summary>
internal static class FactsSerialization
{
    /// <summary>Writes facts.</summary>
    public static void Write(BlobWriter writer, DocumentFacts facts)
    {
        var nodes = new YamlNodeWriter(writer);
        writer.Text(facts.Path);
        writer.Number((uint)facts.Kind);
        WriteLines(writer, facts.Lines);
        writer.List(facts.Containers, container => WriteContainer(writer, nodes, container));
        writer.List(facts.References, reference => WriteReference(writer, reference));
        writer.List(facts.Links, link => WriteLink(writer, link));
        writer.List(facts.Headings, heading =>
        {
            writer.Count(heading.Level);
            writer.Text(heading.Text);
            writer.Span(heading.Span);
            writer.Span(heading.TextSpan);
            writer.Text(heading.Slug);
        });
        writer.List(facts.BlockAnchors, writer.Text);
        writer.List(facts.Suppressions, suppression =>
        {
            writer.Text(suppression.Rule);
            writer.Flag(suppression.WholeFile);
            writer.Number(suppression.Line);
            writer.Span(suppression.Span);
        });
        writer.List(facts.Prose, prose =>
        {
            writer.Number(prose.Container);
            writer.Span(prose.Span);
        });
        WriteWords(writer, facts.Words);
        writer.List(facts.Findings, finding => WriteFinding(writer, finding));
        writer.List(facts.UnknownFields, field =>
        {
            writer.Number(field.Container);
            writer.Text(field.Key);
            writer.Text(field.Owner);
            writer.Span(field.Span);
        });
        nodes.WriteAliasTargets();
    }

    /// <summary>Reads facts.</summary>
    public static DocumentFacts Read(ref BlobReader reader)
    {
        var nodes = new YamlNodeReader();
        var facts = new DocumentFacts
        {
            Path = reader.Text(),
            Kind = (DocumentKind)reader.Unsigned(),
            Lines = ReadLines(ref reader),
            Containers = List(ref reader, (ref BlobReader r) => ReadContainer(ref r, nodes)),
            References = List(ref reader, (ref BlobReader r) =>
                new ReferenceFact(r.Number(), r.Text(), r.Text(), r.Span(), r.OptionalText(), r.Flag()) { MayBeWord = r.Flag() }),
            Links = List(ref reader, ReadLink),
            Headings = List(ref reader, (ref BlobReader r) => new HeadingFact((int)r.Unsigned(), r.Text(), r.Span(), r.Span(), r.Text())),
            BlockAnchors = List(ref reader, (ref BlobReader r) => r.Text()),
            Suppressions = List(ref reader, (ref BlobReader r) => new SuppressionFact(r.Text(), r.Flag(), r.Number(), r.Span())),
            Prose = List(ref reader, (ref BlobReader r) => new ProseFact(r.Number(), r.Span())),
            Words = ReadWords(ref reader),
            Findings = List(ref reader, ReadFinding),
            UnknownFields = List(ref reader, (ref BlobReader r) => new UnknownFieldFact(r.Number(), r.Text(), r.Text(), r.Span())),
        };
        nodes.ReadAliasTargets(ref reader);
        return facts;
    }

    private static void WriteWords(BlobWriter writer, ProseWords words)
    {
        writer.List(words.Capitals, word =>
        {
            writer.Text(word.Text);
            writer.Count(word.Count);
            writer.Count(word.Away);
        });
        writer.Count(words.Small.Count);
        var before = 0u;
        foreach (var hash in words.Small)
        {
            // Sorted, so that the steps are smaller than the hashes.
            writer.Number(hash - before);
            before = hash;
        }
    }

    private static ProseWords ReadWords(ref BlobReader reader)
    {
        var capitals = List(ref reader, (ref BlobReader r) => new CapitalWord(r.Text(), (int)r.Unsigned(), (int)r.Unsigned()));
        var small = new uint[reader.Count()];
        var before = 0u;
        for (var i = 0; i < small.Length; i++)
        {
            before += reader.Unsigned();
            small[i] = before;
        }

        return capitals.Length + small.Length == 0 ? ProseWords.None : new(capitals, small);
    }

    private static void WriteLines(BlobWriter writer, LineMap lines)
    {
        writer.Count(lines.TextLength);
        writer.Count(lines.Count);
        for (var i = 1; i < lines.Count; i++)
        {
            writer.Count(lines.Starts[i] - lines.Starts[i - 1]);
        }
    }

    private static LineMap ReadLines(ref BlobReader reader)
    {
        var length = (int)reader.Unsigned();
        // All lines but the first take a byte each.
        var starts = new int[reader.Count()];
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + (int)reader.Unsigned();
        }

        return new LineMap(starts, length);
    }

    private static void WriteContainer(BlobWriter writer, YamlNodeWriter nodes, ContainerFact container)
    {
        writer.Number(container.Index);
        writer.Number(container.Parent);
        writer.Number((uint)container.Origin);
        writer.Text(container.Type);
        writer.OptionalSpan(container.TypeSpan);
        writer.Text(container.Id);
        writer.OptionalSpan(container.IdSpan);
        writer.Text(container.Name);
        writer.OptionalSpan(container.NameSpan);
        writer.List(container.Aliases, alias =>
        {
            writer.Text(alias.Text);
            writer.Span(alias.Span);
        });
        writer.Span(container.Span);
        writer.Span(container.SelectionSpan);
        writer.List(container.Fields, field =>
        {
            writer.Text(field.Name);
            writer.Span(field.KeySpan);
            writer.Flag(field.Known);
            nodes.Write(field.Value);
        });
    }

    private static ContainerFact ReadContainer(ref BlobReader reader, YamlNodeReader nodes) => new()
    {
        Index = reader.Number(),
        Parent = reader.Number(),
        Origin = (ContainerOrigin)reader.Unsigned(),
        Type = reader.Text(),
        TypeSpan = reader.OptionalSpan(),
        Id = reader.Text(),
        IdSpan = reader.OptionalSpan(),
        Name = reader.Text(),
        NameSpan = reader.OptionalSpan(),
        Aliases = List(ref reader, (ref BlobReader r) => new NameFact(r.Text(), r.Span())),
        Span = reader.Span(),
        SelectionSpan = reader.Span(),
        Fields = List(ref reader, (ref BlobReader r) => ReadField(ref r, nodes)),
    };

    private static FieldFact ReadField(ref BlobReader reader, YamlNodeReader nodes)
    {
        var name = reader.Text();
        var key = reader.Span();
        var known = reader.Flag();
        return new FieldFact(name, key, nodes.Read(ref reader), known);
    }

    private static void WriteReference(BlobWriter writer, ReferenceFact reference)
    {
        writer.Number(reference.Container);
        writer.Text(reference.Field);
        writer.Text(reference.Text);
        writer.Span(reference.Span);
        writer.Text(reference.Target);
        writer.Flag(reference.IsLink);
        writer.Flag(reference.MayBeWord);
    }

    private static void WriteLink(BlobWriter writer, LinkFact link)
    {
        writer.Number((uint)link.Kind);
        writer.Number(link.Container);
        writer.Text(link.Target);
        writer.Text(link.Anchor);
        writer.Text(link.Shown);
        writer.Span(link.Span);
        writer.Span(link.TargetSpan);
        writer.Span(link.AnchorSpan);
        writer.Span(link.ShownSpan);
    }

    private static LinkFact ReadLink(ref BlobReader reader) => new()
    {
        Kind = (LinkKind)reader.Unsigned(),
        Container = reader.Number(),
        Target = reader.Text(),
        Anchor = reader.OptionalText(),
        Shown = reader.OptionalText(),
        Span = reader.Span(),
        TargetSpan = reader.Span(),
        AnchorSpan = reader.Span(),
        ShownSpan = reader.Span(),
    };

    private static void WriteFinding(BlobWriter writer, Finding finding)
    {
        writer.Text(finding.Code);
        writer.Number((uint)finding.Severity);
        writer.Span(finding.Span);
        writer.Text(finding.Message);
        writer.Flag(finding.Deprecated);
        writer.List(finding.Data, writer.Text);
        writer.List(finding.Related, related =>
        {
            writer.Text(related.Path);
            writer.Span(related.Span);
            writer.Text(related.Message);
        });
    }

    private static Finding ReadFinding(ref BlobReader reader) =>
        new(reader.Text(), (Severity)reader.Unsigned(), reader.Span(), reader.Text())
        {
            Deprecated = reader.Flag(),
            Data = List(ref reader, (ref BlobReader r) => r.Text()),
            Related = List(ref reader, (ref BlobReader r) => new RelatedPlace(r.Text(), r.Span(), r.Text())),
        };

    private delegate T Reading<T>(ref BlobReader reader);

    private static T[] List<T>(ref BlobReader reader, Reading<T> read)
    {
        var count = reader.Count();
        if (count == 0)
        {
            return [];
        }

        var result = new T[count];
        for (var i = 0; i < count; i++)
        {
            result[i] = read(ref reader);
        }

        return result;
    }
}
