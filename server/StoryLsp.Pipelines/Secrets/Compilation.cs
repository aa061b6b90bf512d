using StoryLsp.Continuity.Secrets;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>One compilation of a context: what matters most is taken first, until the limit is reached.</summary>
internal sealed class Compilation
{
    // What is left for synopses and for what stands further away, in parts of a hundred of the limit.
    private const int ShareOfSynopses = 15;
    private const int MostOfKind = 200;

    private readonly Snapshot _snapshot;
    private readonly ContextRequest _request;
    private readonly StorySecrets _secrets;
    private readonly Told _told;
    private readonly CastCards _people;
    private readonly List<ContextItem> _items = [];
    private readonly List<string> _leftOut = [];
    private readonly HashSet<ContainerKey> _seen = [];
    private int _left;

    public Compilation(Snapshot snapshot, ContextRequest request)
    {
        _snapshot = snapshot;
        _request = request;
        _secrets = StorySecrets.At(snapshot, request.Position ?? request.Subject, request.Viewpoint);
        _told = new(snapshot, _secrets);
        _people = new(snapshot, _told, _secrets.Scene is { } scene ? SceneFacts.At(snapshot, scene) : null);
        _left = Math.Max(0, request.TokenLimit);
    }

    private Container? Subject => _request.Subject;

    private Container? Scene => _secrets.Scene;

    public CompiledContext Compile()
    {
        var prose = "";
        var isWhole = true;
        if (Subject is { } subject)
        {
            _seen.Add(subject.Key);
            if (Wants(ContextPart.Subject))
            {
                Take(ContextPart.Subject, subject, "the " + _told.TypeOf(subject), _told.Card(subject));
                var before = _told.Paragraphs;
                var told = _told.ProseOf(subject);
                prose = Prose(told);
                isWhole = _told.Paragraphs == before && prose.Length == told.Length;
            }
        }

        AddFindings();
        AddScene();
        AddFacts();
        AddSchema();
        AddOtherScenes();
        Count(_told.Paragraphs, "paragraph", "that would tell what is secret here");
        Count(_told.Values, "value", "that is not to be told here", "that are not to be told here");
        Count(_told.Unknown, "field", "that no schema knows");
        Count(_told.Containers, "entry", "whose time in the story has not come", plural: "entries");
        return new([.. _items.OrderBy(item => Place(item.Part))], prose, _leftOut, _items.Sum(item => item.Tokens) + (prose.Length == 0 ? 0 : Tokens.Estimate(Fence.Data(CompiledContext.ProseLabel, prose))))
        {
            Name = Subject is null ? "" : _told.NameOf(Subject),
            Id = Subject is null ? "" : _told.IdOf(Subject),
            IsProseWhole = isWhole,
            Secrets = _secrets,
        };
    }

    // Told in the order in which a reader would want it: what was before, then the scene itself.
    private static int Place(ContextPart part) => part switch { ContextPart.Synopses => 0, ContextPart.Before => 1, ContextPart.Subject => 2, ContextPart.After => 20, _ => 3 + (int)part };

    private bool Wants(ContextPart part) => _request.Include.Contains(part);

    private void AddScene()
    {
        if (Scene is not { } scene)
        {
            return;
        }

        var cast = _told.Named(scene, "pov", "characters", "participants").ToList();
        if (_secrets.Viewpoint is { } viewpoint && _told.MayTell(viewpoint) && _request.Viewpoint is not null)
        {
            cast.Insert(0, viewpoint);
        }

        if (Wants(ContextPart.Cast))
        {
            TakeAll(ContextPart.Cast, cast, who => who.IsSameAs(_secrets.Viewpoint) ? "the point of view" : "in the cast", _people.CardOf, "of the cast");
        }

        if (Wants(ContextPart.Place))
        {
            TakeAll(ContextPart.Place, Around(scene), _ => "the place", _people.CardOf, "of the places");
        }

        if (Wants(ContextPart.Items))
        {
            var items = _told.Named(scene, "uses.", "effects.").Concat(cast.SelectMany(_people.HeldBy)).Where(item => _snapshot.Schemas.IsKindOf(item.Type, "item"));
            TakeAll(ContextPart.Items, items, _ => "an item at hand", _people.CardOf, "of the items");
        }

        if (Wants(ContextPart.Threads))
        {
            TakeAll(ContextPart.Threads, _told.Named(scene, "setups"), _ => "a thread set up here", one => _told.Card(one), "of the threads");
            TakeAll(ContextPart.Threads, _told.Named(scene, "payoffs"), _ => "a thread paid off here", one => _told.Card(one), "of the threads");
            TakeAll(ContextPart.Threads, _told.Named(scene, "threads"), _ => "a thread carried on here", one => _told.Card(one), "of the threads");
            TakeAll(ContextPart.Threads, _told.Named(scene, "plants"), _ => "a clue planted here", one => _told.Card(one), "of the clues");
        }
    }

    private IEnumerable<Container> Around(Container scene)
    {
        var seen = new HashSet<ContainerKey>();
        for (var place = _told.Named(scene, "location").FirstOrDefault(); place is not null && seen.Add(place.Key); place = _told.Named(place, "within").FirstOrDefault())
        {
            yield return place;
        }
    }

    private void AddFacts()
    {
        if (!Wants(ContextPart.Facts) || Scene is not { } scene)
        {
            return;
        }

        TakeAll(ContextPart.Facts, _told.Named(scene, "reveals"), _ => "a fact revealed here", fact => _told.Card(fact), "of the facts");
        TakeAll(ContextPart.Facts, _told.Named(scene, "effects.", "relies_on.").Where(one => _snapshot.Schemas.IsKindOf(one.Type, "fact")), _ => "a fact that matters here", fact => _told.Card(fact), "of the facts");
        if (_secrets.Viewpoint is { } viewpoint)
        {
            TakeAll(ContextPart.Facts, _people.KnownTo(viewpoint), _ => "known to the point of view", fact => _told.Card(fact), "of the facts");
        }
    }

    private void AddFindings()
    {
        foreach (var (path, finding) in Wants(ContextPart.Findings) ? PublicFindings.Of(_snapshot, _secrets, _request.Findings) : [])
        {
            var container = _snapshot.ContainerAt(path, finding.Span.Start);
            var line = _snapshot.Facts(path)?.Lines.GetPosition(finding.Span.Start).Line + 1;
            var text = _told.Lines($"{finding.Code} (line {line}): {finding.Message.ReplaceLineEndings(" ")}\n");
            if (text.Length > 0)
            {
                Add(new(container is null ? "the workspace" : _told.IdOf(container), "a finding", text) { Part = ContextPart.Findings }, "of the findings");
            }
        }
    }

    private void AddSchema()
    {
        var type = _request.SchemaType ?? (Subject is { } subject ? subject.Type : null);
        if (Wants(ContextPart.Schema) && type is not null && _snapshot.Schemas.Find(type) is { } schema)
        {
            Add(new(schema.Name, "the fields of its type", _told.Lines(SchemaText.Of(schema))) { Part = ContextPart.Schema }, "of the schemas");
        }
    }

    private void AddOtherScenes()
    {
        if (Scene is not { } scene || _secrets.Position < 0)
        {
            return;
        }

        var scenes = _snapshot.Narrative.Scenes(_snapshot).ToList();
        if (Wants(ContextPart.After) && scenes.ElementAtOrDefault(_secrets.Position + 1) is { } next && _secrets.Position + 1 < _snapshot.Narrative.ManuscriptCount)
        {
            AddSynopsis(ContextPart.After, next, "the scene that follows");
        }

        var earlier = scenes.Take(_secrets.Position).Reverse().Where(one => !one.IsSameAs(scene) && !_secrets.Hides(one)).ToList();
        if (Wants(ContextPart.Before))
        {
            var kept = Wants(ContextPart.Synopses) ? _request.TokenLimit * ShareOfSynopses / 100 : 0;
            _left -= kept;
            AddBefore(earlier);
            _left += kept;
        }

        if (Wants(ContextPart.Synopses))
        {
            foreach (var one in earlier.Where(one => _seen.Add(one.Key)).ToList())
            {
                AddSynopsis(ContextPart.Synopses, one, "an earlier scene");
            }
        }

        // They were taken from the nearest on, and are told in the order of reading.
        foreach (var part in new[] { ContextPart.Before, ContextPart.Synopses })
        {
            var own = _items.Where(item => item.Part == part).Reverse().ToList();
            _items.RemoveAll(item => item.Part == part);
            _items.AddRange(own);
        }
    }

    private void AddBefore(List<Container> earlier)
    {
        foreach (var (one, index) in earlier.Select((one, index) => (one, index)))
        {
            var prose = _told.ProseOf(one);
            var text = SceneEnd.Of(prose, _left - Tokens.Estimate(Fence.Data("the text of an earlier scene", _told.IdOf(one))));
            if (text.Length > 0)
            {
                _seen.Add(one.Key);
                Add(new(_told.IdOf(one), "the text of an earlier scene", text) { Part = ContextPart.Before }, "");
            }

            if (text.Length < prose.Length)
            {
                _leftOut.Add(text.Length > 0 ? "the beginning of an earlier scene, which did not fit" : "");
                Count(earlier.Count - index - (text.Length > 0 ? 1 : 0), "earlier scene", "that did not fit");
                break;
            }
        }

        _leftOut.RemoveAll(phrase => phrase.Length == 0);
    }

    private void AddSynopsis(ContextPart part, Container scene, string reason)
    {
        if (_secrets.Hides(scene) || _told.Synopsis(scene) is not { Length: > 0 } synopsis)
        {
            return;
        }

        Add(new(_told.IdOf(scene), reason, synopsis) { Part = part }, part == ContextPart.After ? "of the following scenes" : "of the synopses");
    }

    private string Prose(string prose)
    {
        var room = _left - Tokens.Estimate(Fence.Data(CompiledContext.ProseLabel, ""));
        var text = SceneEnd.Of(prose, room);
        if (text.Length < prose.Length)
        {
            _leftOut.Add("the beginning of the scene's text, which did not fit");
        }

        _left -= text.Length == 0 ? 0 : Tokens.Estimate(Fence.Data(CompiledContext.ProseLabel, text));
        return text;
    }

    private void TakeAll(ContextPart part, IEnumerable<Container> containers, Func<Container, string> reason, Func<Container, string> card, string what)
    {
        var tooMany = 0;
        foreach (var container in containers.Take(MostOfKind))
        {
            if (_told.MayTell(container) && _seen.Add(container.Key) && !Take(part, container, reason(container), card(container)))
            {
                tooMany++;
            }
        }

        if (tooMany > 0)
        {
            _leftOut.Add($"{tooMany} {what}, which did not fit");
        }
    }

    private bool Take(ContextPart part, Container container, string reason, string card) => Put(new(_told.IdOf(container), reason, card) { Part = part });

    private void Add(ContextItem item, string what)
    {
        if (!Put(item))
        {
            _leftOut.Add($"1 {what}, which did not fit");
        }
    }

    private bool Put(ContextItem item)
    {
        var tokens = Tokens.Estimate(item.Fenced);
        if (tokens > _left)
        {
            return false;
        }

        _left -= tokens;
        _items.Add(item with { Tokens = tokens });
        return true;
    }

    private void Count(int count, string thing, string why, string? whyMany = null, string? plural = null)
    {
        if (count > 0)
        {
            _leftOut.Add(count == 1 ? $"1 {thing} {why}" : $"{count} {plural ?? thing + "s"} {whyMany ?? why}");
        }
    }
}
