using StoryLsp.Continuity.Fields;
using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>ref/unresolved</c></summary>
internal sealed class RefUnresolved : SnapshotRule
{
    private const int MostSuggestions = 3;

    public override string Code => "ref/unresolved";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A reference field or a wikilink names nothing; a hint without a `story.yaml`, unless an id is meant.";

    public override string Documentation => """
        `pov: Ad Vane` finds nobody when there is an Ada Vane. A reference is looked up among written ids, names and aliases, then the same in any
        case, then derived ids and paths; a wikilink among files first. Correct it, or create what it names: a note that is still to be written may
        well be linked, and in a folder without a `story.yaml` this is no more than a hint.
        """;

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        foreach (var reference in Missing(snapshot, document))
        {
            if (NamesInOne.Of(snapshot, document, reference) is { } names)
            {
                report(new(Code, LooseReferences.SeverityOf(snapshot.Settings, document, reference, Severity), reference.Span, names.IsList
                    ? $"{Capital(names.Count)} names stand in one value: make it a list, as `[{names.Entries}]`."
                    : $"{Capital(names.Count)} names stand in one value, and `{reference.Field}` takes one {reference.Target ?? "name"}. Keep one of them."));
                continue;
            }

            report(new(Code, LooseReferences.SeverityOf(snapshot.Settings, document, reference, Severity), reference.Span,
                $"`{reference.Text}` names nothing: {(What(reference.Target) is { } what ? "no " + what : "nothing")} here has this id, name or alias. Correct it, or create {(What(reference.Target) is { } wanted ? "the " + wanted : "what it names")}."));
        }

        var severity = snapshot.Settings.Exists ? Severity : Severity.Hint;
        foreach (var (link, resolution) in MissingLinks(snapshot, document))
        {
            if (resolution.Kind == LinkResolutionKind.NoSuchAnchor)
            {
                var what = link.Anchor!.StartsWith('^') ? "block" : "heading";
                report(new(Code, severity, link.AnchorSpan.IsEmpty ? link.TargetSpan : link.AnchorSpan,
                    $"`{link.Anchor}` names no {what} of `{resolution.Path}`, so the link leads to the top of the page. Correct it, or add the {what}.")
                {
                    Related = resolution.Path == document.Path ? [] : [new(resolution.Path!, new(0, 0), "The page that was looked through.")],
                });
            }
            else
            {
                report(new(Code, severity, link.TargetSpan,
                    $"`{link.Target}` names nothing: no file here has this name, and nothing else has this id, name or alias. Correct it, or create the note."));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (Missing(snapshot, document.Facts).FirstOrDefault(reference => reference.Span == finding.Span) is { } missing)
        {
            return NamesInOne.Of(snapshot, document.Facts, missing) is { } names ? ListFixes(document, missing, names) : Fixes(snapshot, document, missing);
        }

        foreach (var (link, resolution) in MissingLinks(snapshot, document.Facts))
        {
            if (resolution.Kind == LinkResolutionKind.NoSuchAnchor && (link.AnchorSpan == finding.Span || link.TargetSpan == finding.Span))
            {
                return AnchorFixes(snapshot, document, link, resolution);
            }

            if (link.TargetSpan == finding.Span)
            {
                return LinkFixes(snapshot, document, link);
            }
        }

        return [];
    }

    private static IEnumerable<ReferenceFact> Missing(Snapshot snapshot, DocumentFacts document) =>
        LooseReferences.Of(snapshot, document)
            .Where(found => found.Resolution.Kind == ResolutionKind.Unresolved && !((found.Reference.IsLink || found.Reference.IsInManuscript) && IsFile(snapshot, found.Reference.Text, document.Path)))
            .Select(found => found.Reference);

    private static string? What(string? target) => target == "entity" ? null : target;

    // A canvas or a picture may be linked as well as a note.
    private static bool IsFile(Snapshot snapshot, string text, string from) => snapshot.Files.FindLinked(text.Split('#')[0], from) is not null;

    private static IEnumerable<(LinkFact Link, LinkResolution Resolution)> MissingLinks(Snapshot snapshot, DocumentFacts document)
    {
        foreach (var link in document.Links)
        {
            if (link.Kind is LinkKind.Wikilink or LinkKind.Embed && !Placeholder.IsIn(link.Target) && (link.Target.Length > 0 || !string.IsNullOrEmpty(link.Anchor)))
            {
                var resolution = snapshot.ResolveLink(link, document.Path);
                if (resolution.Kind is LinkResolutionKind.Unresolved or LinkResolutionKind.NoSuchAnchor)
                {
                    yield return (link, resolution);
                }
            }
        }
    }

    private static IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, ReferenceFact missing)
    {
        var first = true;
        foreach (var text in NearNames(snapshot, missing.Text, missing.Target))
        {
            yield return new($"Replace with `{text}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, missing.Span, text)), first);
            first = false;
        }

        if (NewContainer.For(snapshot, document, missing.Text, missing.Target, missing.IsLink) is { } creation)
        {
            yield return new($"Create the {missing.Target ?? "note"} `{creation.Path}`", new([creation]));
        }

        foreach (var fix in CreateAll(snapshot, document))
        {
            yield return fix;
        }
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    // What a whole of several names is near to, or would be called as a note, was never meant.
    private static IEnumerable<Fix> ListFixes(Document document, ReferenceFact missing, NamesInOne names)
    {
        if (names.IsList)
        {
            if (names.ToList(document, missing) is { } edit)
            {
                yield return new($"Make it a list: `[{names.Entries}]`", WorkspaceChange.Edit(document.Path, edit), IsPreferred: true);
            }

            yield break;
        }

        foreach (var name in names.Known.Distinct(StringComparer.Ordinal))
        {
            yield return new($"Replace with `{name}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, missing.Span, name)));
        }
    }

    private static IEnumerable<Fix> LinkFixes(Snapshot snapshot, Document document, LinkFact link)
    {
        var first = true;
        foreach (var text in NearFiles(snapshot, link, document.Path))
        {
            yield return new($"Replace with `{text}`", WorkspaceChange.Edit(document.Path, new TextEdit(link.TargetSpan, text)), first);
            first = false;
        }

        if (NewContainer.For(snapshot, document, link.Target, null, true) is { } creation)
        {
            yield return new($"Create the note `{creation.Path}`", new([creation]));
        }

        foreach (var fix in CreateAll(snapshot, document))
        {
            yield return fix;
        }
    }

    private static IEnumerable<Fix> AnchorFixes(Snapshot snapshot, Document document, LinkFact link, LinkResolution resolution)
    {
        if (link.AnchorSpan.IsEmpty || snapshot.Facts(resolution.Path!) is not { } target)
        {
            yield break;
        }

        var isBlock = link.Anchor!.StartsWith('^');
        var names = isBlock ? target.BlockAnchors.Select(anchor => "^" + anchor) : target.Headings.Select(heading => heading.Text);
        var first = true;
        foreach (var name in Suggested(link.Anchor, names.Where(name => !name.AsSpan().ContainsAny("#|[]"))))
        {
            yield return new($"Replace with `{name}`", WorkspaceChange.Edit(document.Path, new TextEdit(link.AnchorSpan, name)), first);
            first = false;
        }
    }

    private static IEnumerable<Fix> CreateAll(Snapshot snapshot, Document document)
    {
        var creations = new Dictionary<string, FileCreation>(StringComparer.Ordinal);
        var wanted = Missing(snapshot, document.Facts).Where(reference => NamesInOne.Of(snapshot, document.Facts, reference) is null).Select(reference => (reference.Text, reference.Target, reference.IsLink))
            .Concat(MissingLinks(snapshot, document.Facts)
                .Where(missing => missing.Resolution.Kind == LinkResolutionKind.Unresolved)
                .Select(missing => (Text: missing.Link.Target, Target: (string?)null, IsLink: true)));

        // One container answers to its name and to its id; the name says more.
        foreach (var (text, target, isLink) in wanted.OrderBy(missing => Slug.Of(missing.Text) == missing.Text ? 1 : 0))
        {
            if (NewContainer.For(snapshot, document, text, target, isLink) is { } creation)
            {
                creations.TryAdd(Slug.Of(FileSet.StemOf(creation.Path)), creation);
            }
        }

        if (creations.Count > 1)
        {
            yield return new($"Create all {creations.Count} that are missing here", new([.. creations.Values]));
        }
    }

    /// <summary>Names and ids of the wanted type that lie near a text, each in the form that resolves.</summary>
    private static IEnumerable<string> NearNames(Snapshot snapshot, string text, string? target)
    {
        var result = new List<string>();
        var forms = new Dictionary<string, Container>(StringComparer.Ordinal);
        foreach (var container in snapshot.ContainersOf(target))
        {
            foreach (var name in container.Fact.Aliases.Select(alias => alias.Text).Prepend(container.Name).Prepend(container.Fact.Id))
            {
                forms.TryAdd(name, container);
            }
        }

        foreach (var name in Suggested(text, forms.Keys))
        {
            var container = forms[name];
            var form = container.Fact.IdIsWritten ? container.Fact.Id : name;
            if (!result.Contains(form) && snapshot.Resolve(form, target).Container is not null)
            {
                result.Add(form);
            }
        }

        return result;
    }

    private static IEnumerable<string> NearFiles(Snapshot snapshot, LinkFact link, string from)
    {
        var name = link.Target[(link.Target.LastIndexOf('/') + 1)..];
        var stems = snapshot.Documents.Where(facts => facts.Kind == DocumentKind.Markdown).Select(facts => FileSet.StemOf(facts.Path));
        var names = snapshot.Containers.SelectMany(container => container.Fact.Aliases.Select(alias => alias.Text).Prepend(container.Name));
        return Suggested(name, stems.Concat(names)
            .Where(candidate => !candidate.AsSpan().ContainsAny("#|[]^"))
            .Where(candidate => snapshot.Files.FindLinked(candidate, from) is not null || snapshot.Resolve(candidate, null).Container is not null));
    }

    /// <summary>Misspellings first, then names of which the text is one word or the other way round.</summary>
    private static IEnumerable<string> Suggested(string text, IEnumerable<string> candidates)
    {
        if (!text.Any(char.IsLetter))
        {
            return [];
        }

        var all = candidates.Distinct(StringComparer.Ordinal).ToList();
        var near = Nearest.Of(text, all, Math.Clamp(text.Length / 3, 1, 4));
        var words = all.Where(candidate => SharesWords(text, candidate)).Order(StringComparer.Ordinal);
        return near.Concat(words).Distinct(StringComparer.Ordinal).Take(MostSuggestions);
    }

    private static bool SharesWords(string text, string candidate)
    {
        var wanted = Slug.Of(text).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var has = Slug.Of(candidate).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return wanted.Length > 0 && has.Length > 0 && wanted.Length != has.Length && (wanted.All(has.Contains) || has.All(wanted.Contains));
    }
}
