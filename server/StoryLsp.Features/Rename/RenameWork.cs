using StoryLsp.Features.Completion;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Collects the changes of one rename.</summary>
internal sealed class RenameWork(Snapshot snapshot, Container container, CancellationToken cancel)
{
    private readonly Dictionary<string, List<RenameEdit>> _edits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceText?> _texts = new(StringComparer.Ordinal);

    public RenameResult Run(RenameSort sort, string old, string name, bool movesFiles)
    {
        (string From, string To)? move = null;
        switch (sort)
        {
            case RenameSort.Id:
                AddYaml(container.Path, container.Fact.IdSpan!.Value, name, RenamePart.Definition);
                AddReferences(text => NameKey.Of(text) == NameKey.Of(old) ? name : null, null);
                break;
            case RenameSort.Alias:
                var alias = container.Fact.Aliases.First(alias => alias.Text == old);
                AddYaml(container.Path, alias.Span, name, RenamePart.Definition);
                var aliases = RenamedForms.Of(old, name, isPerson: false);
                AddReferences(text => NameKey.Of(text) == NameKey.Of(old) ? name : null, aliases);
                AddMentions(aliases);
                break;
            default:
                move = movesFiles ? MoveTo(old, name) : null;
                if (container.Fact.NameSpan is null && move is null)
                {
                    return RenameResult.Refused($"{old} takes its name from its file. Rename {container.Path}, or write a `name` in it.");
                }

                AddName(old, name, move);
                break;
        }

        return new([.. _edits.Values.SelectMany(edits => edits).OrderBy(edit => edit.Path, StringComparer.Ordinal).ThenBy(edit => edit.Edit.Span.Start)], move, null);
    }

    private void AddName(string old, string name, (string From, string To)? move)
    {
        if (container.Fact.NameSpan is { } span)
        {
            AddOwn(span, name);
        }

        // The first heading repeats the name that the front matter gives.
        foreach (var heading in container.Document.Headings)
        {
            if (container.Fact.Origin == ContainerOrigin.MarkdownFile && heading.Level == 1 && NameKey.Of(heading.Text) == NameKey.Of(old))
            {
                Add(container.Path, heading.TextSpan, name, RenamePart.Definition);
            }
        }

        var id = container.Fact.IdIsWritten ? null : container.Fact.Id;
        var newId = id is null ? null : NewDerivedId(name, move);
        var forms = RenamedForms.Of(old, name, snapshot.Schemas.IsKindOf(container.Type, "character"));
        AddAliases(forms);
        AddReferences(
            text => NameKey.Of(text) == NameKey.Of(old) ? name
                : move is { } moved && OfMovedFile(text, moved) is { } path ? path
                : id is not null && newId != id && NameKey.Of(text) == NameKey.Of(id) ? newId
                : container.Fact.Aliases.Any(alias => NameKey.Of(alias.Text) == NameKey.Of(text)) ? forms.For(text)
                : null,
            forms);
        AddAnchors(old, name);
        AddMentions(forms);
    }

    // An alias that is a part of the name goes with it.
    private void AddAliases(RenamedForms forms)
    {
        foreach (var alias in container.Fact.Aliases)
        {
            if (forms.For(alias.Text) is { } now)
            {
                AddYaml(container.Path, alias.Span, now, RenamePart.Definition);
            }
        }
    }

    // The id of a heading or of an entry of a list follows its name; that of a file follows the file.
    private string? NewDerivedId(string name, (string From, string To)? move) =>
        container.Fact is { Origin: ContainerOrigin.MarkdownFile } or { Origin: ContainerOrigin.YamlDocument, Index: 0 }
            ? move is { } moved ? Slug.Of(FileSet.StemOf(moved.To)) : container.Fact.Id
            : Slug.Of(name);

    private (string From, string To)? MoveTo(string old, string name)
    {
        if (container.Fact.Origin is not (ContainerOrigin.MarkdownFile or ContainerOrigin.YamlDocument) || container.Fact.Index != 0)
        {
            return null;
        }

        var stem = FileSet.StemOf(container.Path);
        var isSlug = stem == Slug.Of(old);
        if (!isSlug && NameKey.Of(stem) != NameKey.Of(old) && container.Fact.NameSpan is not null)
        {
            return null;
        }

        var newStem = isSlug || stem.All(unit => !char.IsUpper(unit) && unit != ' ') ? Slug.Of(name) : name;
        var folder = FileSet.FolderOf(container.Path);
        var to = (folder.Length == 0 ? "" : folder + "/") + newStem + System.IO.Path.GetExtension(container.Path);
        var isPossible = newStem.Length > 0 && !newStem.AsSpan().ContainsAny("\\/:*?\"<>|") && to != container.Path && snapshot.Files.Find(to) is null;
        return isPossible ? (container.Path, to) : null;
    }

    private static string? OfMovedFile(string text, (string From, string To) move)
    {
        var slash = text.LastIndexOf('/') + 1;
        var last = text[slash..];
        var stem = FileSet.StemOf(move.From);
        var withExtension = move.From[(move.From.LastIndexOf('/') + 1)..];
        return last.Equals(stem, StringComparison.OrdinalIgnoreCase) ? text[..slash] + FileSet.StemOf(move.To)
            : last.Equals(withExtension, StringComparison.OrdinalIgnoreCase) ? text[..slash] + move.To[(move.To.LastIndexOf('/') + 1)..]
            : null;
    }

    private void AddReferences(Func<string, string?> renamed, RenamedForms? shown)
    {
        foreach (var site in snapshot.ReferencesTo(container))
        {
            cancel.ThrowIfCancellationRequested();
            if (site.Link is { } link)
            {
                AddLink(site.Document.Path, link, renamed, shown);
            }
            else if (site.Reference is { } reference)
            {
                var hash = reference.IsLink ? reference.Text.IndexOf('#', StringComparison.Ordinal) : -1;
                var target = hash < 0 ? reference.Text : reference.Text[..hash];
                if (renamed(target.Trim()) is { } text)
                {
                    AddYaml(site.Document.Path, reference.Span, hash < 0 ? text : text + reference.Text[hash..], RenamePart.Reference, reference.IsLink);
                }
            }
        }
    }

    private void AddLink(string path, LinkFact link, Func<string, string?> renamed, RenamedForms? shown)
    {
        if (link.Kind is LinkKind.Wikilink or LinkKind.Embed)
        {
            if (renamed(link.Target) is { } target)
            {
                Add(path, link.TargetSpan, target, RenamePart.Reference);
            }

            if (link.Shown is { } text && shown?.For(text) is { } now)
            {
                Add(path, link.ShownSpan, now, RenamePart.Reference);
            }
        }
        else if (renamed(link.Target) is { } file && Text(path) is { } text)
        {
            // What was written with %20 is written so again.
            var written = text.Slice(link.TargetSpan);
            Add(path, link.TargetSpan, written.Contains('%', StringComparison.Ordinal) || file.Contains(' ', StringComparison.Ordinal) && !written.StartsWith('<') ? Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal) : file, RenamePart.Reference);
        }
    }

    // Links that lead to the heading which gives the name.
    private void AddAnchors(string old, string name)
    {
        var heading = container.Document.Headings.FirstOrDefault(heading => heading.TextSpan == container.Fact.NameSpan || heading.TextSpan == container.Fact.SelectionSpan);
        if (heading is null)
        {
            return;
        }

        foreach (var facts in snapshot.Documents)
        {
            foreach (var link in facts.Links)
            {
                if (link.Anchor is { } anchor && snapshot.ResolveLink(link, facts.Path) is { Heading: { } target, Path: { } path } && path == container.Path && target.Span == heading.Span)
                {
                    var text = NameKey.Of(anchor) == NameKey.Of(old) ? name : anchor == heading.Slug ? Slug.Of(name) : null;
                    if (text is not null)
                    {
                        Add(facts.Path, link.AnchorSpan, text, RenamePart.Reference);
                    }
                }
            }
        }
    }

    private void AddMentions(RenamedForms forms)
    {
        if (!snapshot.Mentions.IsNamed(container))
        {
            return;
        }

        foreach (var (path, mention) in snapshot.Mentions.Of(container, cancel))
        {
            if (Text(path) is { } text && forms.For(text.Slice(mention.NameSpan)) is { } now)
            {
                Add(path, mention.NameSpan, now, mention.Form is MentionForm.Name or MentionForm.Alias ? RenamePart.Mention : RenamePart.ShortMention);
            }
        }
    }

    private void AddOwn(TextSpan span, string name)
    {
        if (container.Document.Headings.Any(heading => heading.TextSpan == span) || container.Fact.Origin == ContainerOrigin.FountainScene)
        {
            Add(container.Path, span, name, RenamePart.Definition);
        }
        else
        {
            AddYaml(container.Path, span, name, RenamePart.Definition);
        }
    }

    private void AddYaml(string path, TextSpan span, string name, RenamePart part, bool isLink = false)
    {
        if (Text(path)?.Text is not { } text || span.End > text.Length)
        {
            return;
        }

        var before = span.Start > 0 ? text[span.Start - 1] : '\n';
        var after = span.End < text.Length ? text[span.End] : '\n';
        var quote = before is '"' or '\'' && after == before ? before : '\0';
        Add(path, span, isLink ? name : YamlQuoting.Write(name, quote, inFlow: true), part);
    }

    private void Add(string path, TextSpan span, string text, RenamePart part)
    {
        if (!_edits.TryGetValue(path, out var known))
        {
            _edits.Add(path, known = []);
        }

        if (!known.Exists(other => other.Edit.Span.Overlaps(span)) && Text(path) is { } now && now.Slice(span) != text)
        {
            known.Add(new(path, new TextEdit(span, text), part));
        }
    }

    private SourceText? Text(string path)
    {
        if (!_texts.TryGetValue(path, out var text))
        {
            text = snapshot.Text(path);
            _texts.Add(path, text is not null && snapshot.Facts(path)?.Lines.TextLength == text.Length ? text : text = null);
        }

        return text;
    }
}
