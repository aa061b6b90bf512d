using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>
/// Collects the changes of one rename: first where the thing calls itself, then what refers to it by its texts, then its mentions. At last the
/// workspace is read as it would be, and whatever means something else there is mended.
/// </summary>
internal sealed class RenameWork
{
    private readonly Snapshot _snapshot;
    private readonly Container _container;
    private readonly CancellationToken _cancel;
    private readonly EditSheet _sheet;
    private readonly RenamedTexts _texts = new();

    public RenameWork(Snapshot snapshot, Container container, CancellationToken cancel)
    {
        _snapshot = snapshot;
        _container = container;
        _cancel = cancel;
        _sheet = new(snapshot);
    }

    private ContainerFact Fact => _container.Fact;

    public RenameResult Run(RenameSort sort, string old, string name, bool movesFiles)
    {
        var move = movesFiles && sort != RenameSort.Alias ? CarryingFile.MoveOf(_snapshot, _container, old, name) : null;
        switch (sort)
        {
            case RenameSort.Id:
                AddId(name, move);
                break;
            case RenameSort.Alias:
                AddAlias(old, name);
                break;
            default:
                if (Fact.NameSpan is null && move is null)
                {
                    return RenameResult.Refused(CarryingFile.IsFileItself(Fact)
                        ? $"{old} takes its name from its file. Rename {_container.Path}, or write a `name` in it."
                        : $"{old} has no name of its own. Write a `name` for it first.");
                }

                AddName(old, name, move);
                break;
        }

        Mend(move);
        return new(_sheet.All, move, null);
    }

    /// <summary>Renames a heading that names no container, with the links to it.</summary>
    public RenameResult RunHeading(HeadingFact heading, string name)
    {
        _sheet.Add(_container.Path, heading.TextSpan, name, RenamePart.Definition);
        Mend(null);
        return new(_sheet.All, null, null);
    }

    /// <summary>Gives the file another name, with all that leads to it; what the page is called stays.</summary>
    public RenameResult RunFile(string old, string stem, bool movesFiles)
    {
        if (!movesFiles)
        {
            return RenameResult.Refused($"{old} is the name of the file {_container.Path}, and this editor renames no files for a server. Rename the file; its links follow.");
        }

        if (CarryingFile.MoveTo(_snapshot, _container, stem) is not { } move)
        {
            return RenameResult.Refused($"There is a file {stem} beside {_container.Path} already. Choose another name.");
        }

        Mend(move);
        return new(_sheet.All, move, null);
    }

    private void AddId(string id, (string From, string To)? move)
    {
        AddYaml(_container.Path, Fact.IdSpan!.Value, id, RenamePart.Definition);
        _texts.Add(Fact.Id, id);
        RenamedForms? forms = null;
        if (Fact.NameSpan is null && Fact.Name == Fact.Id)
        {
            // What has no name is called by its id.
            forms = RenamedForms.Of(Words(Fact.Id), Words(id), IsPerson);
        }

        AddMoved(move);
        AddReferences(forms);
        new MentionEdits(_snapshot, _container, _sheet, forms, _cancel).Add();
    }

    private void AddAlias(string old, string name)
    {
        AddYaml(_container.Path, Fact.Aliases.First(alias => alias.Text == old).Span, name, RenamePart.Definition);
        var forms = RenamedForms.Of(old, name, isPerson: false);
        _texts.Add(old, name);
        AddReferences(forms);
        new MentionEdits(_snapshot, _container, _sheet, forms, _cancel).Add();
    }

    private void AddName(string old, string name, (string From, string To)? move)
    {
        if (Fact.NameSpan is { } span)
        {
            AddOwn(span, old, name);
        }

        // The heading repeats the name that the YAML gives.
        foreach (var heading in _container.Document.Headings)
        {
            var isOwn = Fact.Origin == ContainerOrigin.MarkdownFile ? heading.Level == 1 : Fact.Origin == ContainerOrigin.Heading && heading.Span.Start == Fact.Span.Start;
            if (isOwn && NameKey.Of(heading.Text) == NameKey.Of(old))
            {
                AddOwn(heading.TextSpan, old, name);
            }
        }

        var forms = RenamedForms.Of(old, name, IsPerson);
        _texts.Add(old, name);
        AddIdOfName(forms, name, move);
        foreach (var alias in Fact.Aliases)
        {
            // An alias that is a part of the name goes with it.
            if (forms.TakeAlong(alias.Text) is { } now)
            {
                AddYaml(_container.Path, alias.Span, now, RenamePart.Definition);
                _texts.Add(alias.Text, now);
            }
        }

        AddMoved(move);
        AddReferences(forms);
        new MentionEdits(_snapshot, _container, _sheet, forms, _cancel).Add();
    }

    // An id that is the name, or a part of it, follows; one that is another word stays.
    private void AddIdOfName(RenamedForms forms, string name, (string From, string To)? move)
    {
        if (Fact.IdSpan is { } span)
        {
            if (CarryingFile.InMannerOf(Fact.Id, forms) is { } id && CarryingFile.IsFree(_snapshot, _container, id))
            {
                AddYaml(_container.Path, span, id, RenamePart.Definition);
                _texts.Add(Fact.Id, id);
            }
        }
        else if (!CarryingFile.IsFileItself(Fact) && Fact.Origin != ContainerOrigin.FountainScene && Fact.Id == Slug.Of(Fact.Name))
        {
            _texts.Add(Fact.Id, Slug.Of(name));
        }
        else if (move is var (_, to))
        {
            _texts.Add(Fact.Id, Slug.Of(FileSet.StemOf(to)));
        }
    }

    private void AddMoved((string From, string To)? move)
    {
        if (move is var (from, to))
        {
            _texts.Add(FileSet.StemOf(from), FileSet.StemOf(to));
        }
    }

    private void AddReferences(RenamedForms? shown)
    {
        foreach (var site in _snapshot.ReferencesTo(_container))
        {
            _cancel.ThrowIfCancellationRequested();
            if (site.Link is { } link)
            {
                AddLink(site.Document.Path, link, shown);
            }
            else if (site.Reference is { } reference)
            {
                AddReference(site.Document.Path, reference);
            }
        }
    }

    private void AddReference(string path, ReferenceFact reference)
    {
        var hash = reference.IsLink ? reference.Text.IndexOf('#', StringComparison.Ordinal) : -1;
        var target = hash < 0 ? reference.Text : reference.Text[..hash];
        if (_texts.For(target.Trim()) is { } text)
        {
            text = InYaml.IsTooMuch(_snapshot, path, reference.Span, text, reference.IsLink) ? _texts.For(Fact.Id) ?? Fact.Id : text;
            AddYaml(path, reference.Span, hash < 0 ? text : text + reference.Text[hash..], RenamePart.Reference, reference.IsLink);
        }
    }

    private void AddLink(string path, LinkFact link, RenamedForms? shown)
    {
        if (link.Kind is LinkKind.Wikilink or LinkKind.Embed && _texts.For(link.Target) is { } target)
        {
            _sheet.Add(path, link.TargetSpan, InYaml.InQuotes(_snapshot, path, link.TargetSpan, target), RenamePart.Reference);
        }

        if (link.Shown is { } text && link.ShownSpan.Length > 0 && shown?.For(text) is { } now)
        {
            _sheet.Add(path, link.ShownSpan, InYaml.InQuotes(_snapshot, path, link.ShownSpan, now), RenamePart.Reference);
        }
    }

    // What a person has not confirmed yet must not be what other changes depend on: titles come last, with all that follows from them.
    private void Mend((string From, string To)? move)
    {
        var moves = new PathMoves(move is { } one ? [one] : []);
        Mend(moves, part => part != RenamePart.Title, RenamePart.Reference);
        if (_sheet.All.Any(edit => edit.Part == RenamePart.Title))
        {
            Mend(moves, _ => true, RenamePart.Title);
        }
    }

    private void Mend(PathMoves moves, Func<RenamePart, bool> isWanted, RenamePart part)
    {
        _cancel.ThrowIfCancellationRequested();
        var texts = _sheet.Texts(isWanted);
        // What the settings and schemas say of names is mended like all the rest; reading every document anew for that is not worth it.
        foreach (var path in texts.Keys.Where(path => _snapshot.Facts(path) is { Kind: DocumentKind.Settings or DocumentKind.Schema }).ToList())
        {
            texts.Remove(path);
        }

        foreach (var (path, edit) in new LinkMending(_snapshot, FileMoves.After(_snapshot, moves.FilesOf(_snapshot), texts), moves).Edits(_cancel))
        {
            _sheet.Put(path, edit, part);
        }
    }

    private bool IsPerson => _snapshot.Schemas.IsKindOf(_container.Type, "character");

    private string Words(string id) => string.Join(' ', id.Split(['-', '_', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => IsPerson ? char.ToUpperInvariant(word[0]) + word[1..] : word));

    private void AddOwn(TextSpan span, string old, string name)
    {
        if (_container.Document.Headings.Any(heading => heading.TextSpan == span) || Fact.Origin == ContainerOrigin.FountainScene)
        {
            var written = _sheet.Text(_container.Path)?.Slice(span) ?? old;
            _sheet.Add(_container.Path, span, WrittenTargets.InCaseOf(written, old, name), RenamePart.Definition);
        }
        else
        {
            AddYaml(_container.Path, span, name, RenamePart.Definition);
        }
    }

    private void AddYaml(string path, TextSpan span, string name, RenamePart part, bool isLink = false)
    {
        if (_sheet.Text(path) is { } text && span.End <= text.Length)
        {
            _sheet.Add(path, span, InYaml.Write(_snapshot, path, text, span, name, isLink), part);
        }
    }
}
