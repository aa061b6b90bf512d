using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Rename;

/// <summary>
/// Finds where a container is named in running text - in prose, in what links show, in texts of fields, in comments - and writes each form of the new
/// name in the place of the old one's.
/// </summary>
internal sealed class MentionEdits(Snapshot snapshot, Container container, EditSheet sheet, RenamedForms? forms, CancellationToken cancel)
{
    private readonly ContainerKey _key = container.Key;
    private readonly WordsBesideCapitals? _beside = forms is null ? null : new(snapshot, container, forms);

    /// <summary>Adds the edits to the sheet.</summary>
    public void Add()
    {
        if (forms is null)
        {
            return;
        }

        var isNamed = snapshot.Mentions.IsNamed(container);
        var search = isNamed ? null : NameOccurrences.SearchFor(container);
        if (!isNamed && (search is null || !container.Name.Contains(' ', StringComparison.Ordinal)))
        {
            // One word is a word of the language first.
            return;
        }

        var found = snapshot.Documents.AsParallel().WithCancellation(cancel)
            .Select(facts => (facts.Path, Edits: isNamed ? Mentions(facts).ToList() : Titles(facts, search!).ToList()))
            .Where(file => file.Edits.Count > 0).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        foreach (var (path, edits) in found)
        {
            edits.ForEach(edit => sheet.Add(path, edit.Edit.Span, edit.Edit.NewText, edit.Part));
        }
    }

    private IEnumerable<RenameEdit> Mentions(DocumentFacts facts)
    {
        if (facts.Kind is DocumentKind.Unreadable or DocumentKind.Schema or DocumentKind.Pipeline || snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            return [];
        }

        return InProse(facts, text).Concat(InLinks(facts, text)).Concat(InFields(facts, text)).Concat(InComments(facts, text)).Concat(InScript(facts)).Concat(InTitles(facts, text, null));
    }

    private IEnumerable<RenameEdit> InProse(DocumentFacts facts, SourceText text)
    {
        foreach (var mention in snapshot.Mentions.In(facts.Path))
        {
            if (IsMeant(facts, mention) && Edit(facts, text, mention, OfForm(mention)) is { } edit)
            {
                yield return edit;
            }
        }

        foreach (var span in _beside!.In(facts, text))
        {
            if (forms!.For(text.Slice(span)) is { } now)
            {
                yield return new(facts.Path, new TextEdit(span, now), IsTitle(facts, span) ? RenamePart.Title : RenamePart.Doubtful);
            }
        }
    }

    private IEnumerable<RenameEdit> InLinks(DocumentFacts facts, SourceText text)
    {
        foreach (var link in facts.Links.Where(link => link.Shown is not null && link.ShownSpan.Length > 0))
        {
            var leadsHere = snapshot.ResolveLink(link, facts.Path).Container?.IsSameAs(container) == true;
            foreach (var edit in Inside(facts, text, link.ShownSpan, link.Container, mention => leadsHere ? RenamePart.Reference : OfForm(mention)))
            {
                yield return edit;
            }
        }
    }

    // Texts of fields: a synopsis, a description, the name of something else.
    private IEnumerable<RenameEdit> InFields(DocumentFacts facts, SourceText text)
    {
        List<TextSpan>? taken = null;
        var seen = new HashSet<int>();
        foreach (var owner in facts.Containers)
        {
            foreach (var field in owner.Fields.Where(field => field.Name is not ("id" or "type" or "matching") && (field.Name != "aliases" || !IsOwn(facts, owner))))
            {
                foreach (var scalar in Scalars(field.Value, 0).Where(scalar => scalar.Value.Length > 1 && seen.Add(scalar.ContentSpan.Start)))
                {
                    taken ??= [.. Referrals.Of(snapshot, facts).Select(reference => reference.Span), .. facts.Links.Select(link => link.Span), .. facts.Containers.Select(own => own.IdSpan).OfType<TextSpan>()];
                    var part = owner.NameSpan == scalar.ContentSpan || owner.Aliases.Any(alias => alias.Span.Overlaps(scalar.ContentSpan)) ? RenamePart.Title : (RenamePart?)null;
                    var edits = Inside(facts, text, scalar.ContentSpan, owner.Index, mention => part ?? OfForm(mention)).Where(edit => !taken.Exists(span => span.Overlaps(edit.Edit.Span))).ToList();
                    foreach (var edit in edits.Count == 0 ? [] : InYaml.Inside(snapshot, text, scalar, edits))
                    {
                        yield return edit;
                    }
                }
            }
        }
    }

    private IEnumerable<RenameEdit> InComments(DocumentFacts facts, SourceText text) =>
        Comments.Of(facts.Kind, text.Text).SelectMany(span => Inside(facts, text, span, -1, _ => RenamePart.Doubtful));

    // Who speaks in a script, and where a scene of it is.
    private IEnumerable<RenameEdit> InScript(DocumentFacts facts)
    {
        foreach (var scene in facts.Kind == DocumentKind.Fountain ? snapshot.Document(facts.Path)?.Fountain?.Scenes ?? [] : [])
        {
            foreach (var cue in scene.Cues)
            {
                var isWhole = snapshot.Resolve(cue.Text, "character", facts.Path).Container?.IsSameAs(container) == true;
                if ((isWhole || _beside!.IsOnlyHere(cue.Text)) && forms!.For(cue.Text) is { } now)
                {
                    yield return new(facts.Path, new TextEdit(cue.Span, now), isWhole ? RenamePart.Mention : RenamePart.ShortMention);
                }
            }

            if (scene.Place is { } place && snapshot.Resolve(place.Text, "location", facts.Path).Container?.IsSameAs(container) == true && forms!.For(place.Text) is { } there)
            {
                yield return new(facts.Path, new TextEdit(place.Span, there), RenamePart.Title);
            }
        }
    }

    // The title of the story, which is nobody's name.
    private IEnumerable<RenameEdit> InTitles(DocumentFacts facts, SourceText text, System.Buffers.SearchValues<string>? search)
    {
        foreach (var (span, scalar) in StoryTitles.Of(snapshot, facts))
        {
            var found = search is null ? Inside(facts, text, span, -1, _ => RenamePart.Title) : ByName(facts, text, span, search, RenamePart.Title);
            var edits = found.ToList();
            foreach (var edit in scalar is null || edits.Count == 0 ? edits : InYaml.Inside(snapshot, text, scalar, edits))
            {
                yield return edit;
            }
        }
    }

    private IEnumerable<RenameEdit> ByName(DocumentFacts facts, SourceText text, TextSpan span, System.Buffers.SearchValues<string> search, RenamePart part) =>
        NameOccurrences.Inside(snapshot, span, text.Text, container, search)
            .Select(found => (Span: found, Now: forms!.For(text.Slice(found)))).Where(found => found.Now is not null).Select(found => new RenameEdit(facts.Path, new TextEdit(found.Span, found.Now!), part));

    // What prose does not name of itself, such as a scene, is only looked for by its whole name.
    private IEnumerable<RenameEdit> Titles(DocumentFacts facts, System.Buffers.SearchValues<string> search)
    {
        if (facts.Kind is DocumentKind.Unreadable or DocumentKind.Schema or DocumentKind.Pipeline || snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            yield break;
        }

        foreach (var edit in InTitles(facts, text, search))
        {
            yield return edit;
        }

        foreach (var span in NameOccurrences.Of(snapshot, facts, text.Text, container, search))
        {
            if (forms!.For(text.Slice(span)) is { } now && !facts.Links.Any(link => link.Span.Overlaps(span)))
            {
                yield return new(facts.Path, new TextEdit(span, now), IsTitle(facts, span) ? RenamePart.Title : RenamePart.Doubtful);
            }
        }
    }

    private IEnumerable<RenameEdit> Inside(DocumentFacts facts, SourceText text, TextSpan span, int owner, Func<ContainerMention, RenamePart> partOf)
    {
        foreach (var mention in snapshot.Mentions.Inside(text.Text, span, owner))
        {
            if (IsMeant(facts, mention) && Edit(facts, text, mention, partOf(mention)) is { } edit)
            {
                yield return edit;
            }
        }
    }

    private bool IsOwn(DocumentFacts facts, ContainerFact owner) => facts.Path == container.Path && owner.Index == container.Fact.Index;

    private bool IsMeant(DocumentFacts facts, ContainerMention mention) =>
        mention.Candidates.Contains(_key) && snapshot.Mentions.Meant(facts.Path, mention) is [var meant] && meant == _key;

    private RenameEdit? Edit(DocumentFacts facts, SourceText text, ContainerMention mention, RenamePart part)
    {
        var written = text.Slice(mention.NameSpan);
        var sure = forms!.For(written);
        if ((sure ?? forms.Guess(written, mention.Form)) is not { } now)
        {
            return null;
        }

        part = IsTitle(facts, mention.Span) ? RenamePart.Title : sure is null ? RenamePart.Doubtful : part;
        return new(facts.Path, new TextEdit(mention.NameSpan, now), part);
    }

    // The heading of something else is what it is linked by.
    private static bool IsTitle(DocumentFacts facts, TextSpan span) => facts.Headings.Any(heading => heading.Span.Overlaps(span));

    private static RenamePart OfForm(ContainerMention mention) => mention.Form is MentionForm.Name or MentionForm.Alias ? RenamePart.Mention : RenamePart.ShortMention;

    private static IEnumerable<YamlScalar> Scalars(YamlNode node, int depth)
    {
        const int deepest = 64;
        return depth > deepest ? [] : node switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence sequence => sequence.Items.SelectMany(item => Scalars(item, depth + 1)),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value, depth + 1)),
            _ => [],
        };
    }
}
