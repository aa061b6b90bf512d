using System.Text;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>A secret word of a random world, and where in the story nobody may read it.</summary>
/// <param name="Code">Letters that stand nowhere else.</param>
/// <param name="Text">The words that are kept secret; each four of them hold the code.</param>
/// <param name="Kind">What kind of secret it is.</param>
/// <param name="IsForbidden">Whether it must not be told in a scene, by its number from 0; -1: before all scenes, through nobody's eyes.</param>
/// <param name="IsSaid">Whether any text that says it is to be stopped, beside being left out where it stands.</param>
internal sealed record Canary(string Code, string Text, string Kind, Func<int, bool> IsForbidden, bool IsSaid);

/// <summary>
/// A random story with a canary in every kind of secret that there is. What may be told where is worked out here by plain counting, not by the code under test: the
/// scenes are read and happen in the order of their numbers.
/// </summary>
internal sealed class CanaryWorld
{
    /// <summary>The scene whose prose says no secret.</summary>
    public const int Plain = 3;

    private const int Scenes = 6;

    private static readonly string[] People = ["ada", "tom", "lena"];

    private readonly Random _random;
    private readonly List<Canary> _canaries = [];
    private readonly StringBuilder[] _effects = [.. Enumerable.Range(0, Scenes).Select(_ => new StringBuilder())];
    private readonly StringBuilder[] _fields = [.. Enumerable.Range(0, Scenes).Select(_ => new StringBuilder())];
    private readonly List<string>[] _reveals = [.. Enumerable.Range(0, Scenes).Select(_ => new List<string>())];
    private readonly List<string>[] _plants = [.. Enumerable.Range(0, Scenes).Select(_ => new List<string>())];
    private readonly string[] _pov = new string[Scenes];
    private readonly Dictionary<string, string> _files = [];

    private CanaryWorld(int seed)
    {
        _random = new Random(seed);
        for (var i = 0; i < Scenes; i++)
        {
            _pov[i] = People[_random.Next(People.Length)];
        }

        AddSchemas();
        AddFacts();
        AddClues();
        AddCase();
        AddPeople();
        AddThings();
        AddScenes();
    }

    public IReadOnlyList<Canary> Canaries => _canaries;

    public IReadOnlyDictionary<string, string> Files => _files;

    public static CanaryWorld Of(int seed) => new(seed);

    public string PovOf(int scene) => _pov[scene];

    /// <summary>The text of a canary in another form that says the same.</summary>
    public string NearForm(Canary canary)
    {
        var text = canary.Text;
        return _random.Next(9) switch
        {
            0 => text.ToUpperInvariant(),
            1 => string.Join("\u200B", text.Select(unit => unit.ToString())),
            2 => string.Join('-', canary.Text.Where(char.IsLetter)),
            3 => string.Concat(text.Select(unit => unit is >= 'a' and <= 'z' ? ((char)(unit - 'a' + 0xFF41)).ToString() : unit.ToString())),
            4 => text.Replace("a", "a\u0301", StringComparison.Ordinal),
            5 => text + "'s",
            6 => text.Replace(' ', '\n'),
            7 => string.Join(' ', text.Split(' ').Select(word => "**" + word + "**")),
            _ => Run(text),
        };
    }

    private string Run(string text)
    {
        var words = text.Split(' ');
        var from = _random.Next(Math.Max(1, words.Length - 3));
        return string.Join(' ', words.Skip(from).Take(4));
    }

    private Canary New(string kind, Func<int, bool> isForbidden, bool isSaid, bool isLong = false)
    {
        var number = _canaries.Count;
        var code = "zqvk" + (char)('a' + (number / 26)) + (char)('a' + (number % 26)) + "x";
        var canary = new Canary(code, isLong ? $"the {code} lies under {code} stones and {code} waits" : code, kind, isForbidden, isSaid);
        _canaries.Add(canary);
        return canary;
    }

    private string Secret(string kind, bool isLong = false) => New(kind, _ => true, true, isLong).Text;

    private string Unknown(string kind) => New(kind, _ => true, false).Text;

    private bool Coin() => _random.Next(2) == 0;

    private void AddSchemas()
    {
        _files["story.yaml"] = "story: 1\nfields: {character: {mask: [maske]}}\n";
        const string own = """
              hush: {type: text, secret: true, synonyms: [veiled]}
              mask: {type: string, is_secret: yes}
              vault: {type: object, secret: true, fields: {inner: {type: string}, more: {type: list, of: {type: string}}}}
              deal: {type: object, fields: {open: {type: string}, closed: {type: string, secret: true}}}
              hoard: {type: list, of: {type: text, secret: true}}
              tree: {type: list, of: {type: object, fields: {leaf: {type: object, fields: {bud: {type: text, secret: true}}}}}}
              allies: {type: list, secret: true, of: {type: reference, target: character}}
              ally: {type: reference, secret: true, target: character}
              plain: {type: any}

            """;
        foreach (var type in new[] { "scene", "character", "location", "item", "thread" })
        {
            _files[$"schemas/{type}.yaml"] = $"schema: {type}\nextends: {type}\nfields:\n{own}";
        }

        if (Coin())
        {
            // A workspace that does not say that the solution is secret: its place in the story does.
            _files["schemas/case.yaml"] = "schema: case\nextends: case\nfields:\n  motive: {type: text}\n  means: {type: text}\n  culprit: {type: reference, target: character}\n";
        }
    }

    /// <summary>Secrets in the fields of a container, as YAML.</summary>
    private string Fields(string of)
    {
        var isAnchored = Coin();
        var lines = new List<string>
        {
            isAnchored ? $"veiled: &{of}s {Secret(of + " anchor")}" : $"hush: {Secret(of + " text", Coin())}",
            $"HUSH2{_random.Next(9)}: {Unknown(of + " unknown field")}",
            $"{(of == "character" && Coin() ? "maske" : "Mask")}: \"{Secret(of + " string")}\"",
            $"vault: {{inner: {Secret(of + " object")}, more: [{Secret(of + " list in object")}, {Secret(of + " list in object", true)}], {Secret(of + " key")}: 1}}",
            $"deal: {{open: told, closed: {Secret(of + " part of object")}, stray: {Unknown(of + " unknown part")}}}",
            $"hoard: {(Coin() ? Secret(of + " single item") : $"[{Secret(of + " item")}, {Secret(of + " item", true)}]")}",
            $"tree: [{{leaf: {{bud: {Secret(of + " deep", true)}}}}}]",
            $"allies: [{Secret(of + " reference to nobody")}]",
            $"ally: {Secret(of + " single reference")}",
        };
        if (isAnchored)
        {
            lines.Add($"plain: {{a: *{of}s, b: [*{of}s]}}\ndescription: *{of}s");
        }

        return string.Concat(lines.Select(line => line + "\n"));
    }

    private void AddFacts()
    {
        var facts = new StringBuilder("facts:\n");
        for (var i = 0; i < 4; i++)
        {
            var until = _random.Next(4) switch { 0 => -1, 1 => 99, _ => _random.Next(Scenes) };
            var knower = Coin() ? People[_random.Next(People.Length)] : null;
            var (learner, learned) = (People[_random.Next(People.Length)], Coin() ? _random.Next(Scenes) : 99);
            var revealed = Coin() ? _random.Next(Scenes) : 99;
            var isTracked = knower is not null || learned < Scenes;
            bool Forbidden(int scene) => scene < 0 ? until >= 0 : until > scene || (isTracked && revealed != scene && _pov[scene] != knower && !(learned <= scene && _pov[scene] == learner));
            string Kept(string kind, bool isLong) => New("fact " + kind, Forbidden, kind != "id" || isLong, isLong).Text;
            var id = Kept("id", false);
            facts.Append($"  - id: {id}\n    name: {Kept("name", Coin())}\n    statement: {Kept("statement", true)}\n    terms: [{Kept("term", false)}, {Kept("term", true)}]\n    description: {Kept("description", true)}\n");
            facts.Append(Coin() ? $"    aliases: [{Kept("alias", false)}]\n" : "");
            facts.Append(knower is null ? "" : $"    known_by: [{knower}]\n");
            facts.Append(until < 0 ? "" : $"    secret_until: {(until == 99 ? "nowhere" : "s" + until)}\n");
            if (learned < Scenes)
            {
                _effects[learned].Append(Coin() ? $"  - {learner} learns {id}\n" : $"  - {{learns: {{who: {learner}, fact: {id}}}}}\n");
            }

            if (revealed < Scenes)
            {
                _reveals[revealed].Add(id);
            }
        }

        _files["facts/facts.yaml"] = facts.ToString();
        var late = New("fact in a file of its own", _ => true, true, true);
        var file = New("file of a fact", _ => true, true);
        _files[$"facts/{file.Code}.yaml"] = $"statement: {late.Text}\nsecret_until: never\n";
    }

    private void AddClues()
    {
        var clues = new StringBuilder("clues:\n");
        for (var i = 0; i < 3; i++)
        {
            var planted = Coin() ? _random.Next(Scenes) : 99;
            string Kept(string kind, bool isLong) => New("clue " + kind, scene => planted > scene, true, isLong).Text;
            var id = Kept("id", false);
            clues.Append($"  - id: {id}\n    name: {Kept("name", false)}\n    text: {Kept("text", true)}\n    notes: [{Kept("notes", true)}]\n    points_to: [tom]\n");
            if (planted < Scenes)
            {
                _plants[planted].Add(id);
            }
        }

        _files["clues/clues.yaml"] = clues.ToString();
    }

    private void AddCase()
    {
        var reveal = Coin() ? _random.Next(Scenes) : 99;
        var isOwn = _files.ContainsKey("schemas/case.yaml");
        string Kept(string kind) => New("case " + kind, scene => !isOwn || reveal > scene, true, true).Text;
        string Side(string kind) => New("case " + kind, scene => reveal > scene, true, true).Text;
        _files["cases/case.yaml"] = $"culprit: tom\nmotive: {Kept("motive")}\nmeans: {Kept("means")}\nsuspects:\n  - {{who: tom, motive: {Side("suspect")}, alibi: {{lie: true}}}}\n  - {{who: lena}}\n" +
            (reveal < Scenes ? $"reveal: s{reveal}\n" : "");
        _fields[Scenes - 1].Append("solves: case\n");
    }

    private void AddPeople()
    {
        foreach (var who in People)
        {
            var changed = _random.Next(Scenes);
            var alias = _random.Next(Scenes);
            var value = New("progression", scene => changed >= scene, false).Text;
            var early = New("early alias", scene => alias > scene, false).Text;
            _files[$"characters/{who}.yaml"] = $"name: {char.ToUpperInvariant(who[0])}{who[1..]} Vane\neyes: grey\naliases: [{early}]\nmatching: {{aliases_from: s{alias}}}\n" +
                $"progressions: [{{from: s{changed}, field: eyes, to: {value}}}, {{from: s{changed}, field: hush, to: {Secret("progression of a secret")}}}]\n" + Fields("character");
            _effects[_random.Next(Scenes)].Append(Coin() ? $"  - {who} mask: {Secret("effect on a secret")}\n" : $"  - {{sets: {{who: {who}, field: mask, to: {Secret("effect on a secret")}}}}}\n");
            var late = _random.Next(Scenes);
            _effects[late].Append($"  - {who} hair: {New("effect", scene => late > scene, false).Text}\n");
        }

        var named = Secret("name that is a secret");
        _files["characters/masked.yaml"] = $"hush: &n {named}\nname: *n\neyes: blue\n";
        _fields[_random.Next(Scenes)].Append($"mentions: [{named}]\n");
    }

    private void AddThings()
    {
        _files["locations/mill.yaml"] = "name: The Old Mill\n" + Fields("location");
        _files["items/lamp.yaml"] = "name: lamp\nowner: ada\n" + Fields("item");
        _files["threads/oath.yaml"] = "name: The Oath\n" + Fields("thread");
    }

    private void AddScenes()
    {
        var own = _canaries.Where(canary => canary.IsSaid).ToList();
        var words = own.Where(canary => canary.Text == canary.Code).ToList();
        for (var i = 0; i < Scenes; i++)
        {
            var at = i;
            string Own(string kind) => New("later scene's " + kind, scene => at > scene, false).Text;
            var text = new StringBuilder($"---\nid: s{i}\nname: Scene {i} {Own("name")}\nsynopsis: Told {Own("synopsis")}.\npov: {_pov[i]}\ncharacters: [{string.Join(", ", People)}]\nlocation: mill\nchapter: 1\norder: {i + 1}\n");
            text.Append("threads: [oath]\nuses: [lamp]\nnotes: ").Append(Own("notes")).Append('\n').Append(_fields[i]).Append(Fields("scene"));
            text.Append($"reveals: [{string.Join(", ", _reveals[i])}]\nplants: [{string.Join(", ", _plants[i])}]\n");
            text.Append(_effects[i].Length > 0 ? "effects:\n" + _effects[i] : "").Append("---\n\n").Append($"Plain prose of scene {i}, {Own("prose")}.\n\n");
            // One scene says nothing that is secret anywhere, so that its prose may be written anew.
            for (var n = i == Plain ? 6 : 0; n < 6; n++)
            {
                var said = own[_random.Next(own.Count)];
                text.Append($"Somebody said: {NearForm(said)}. And they left.\n\n");
            }

            text.Append(i % 2 == 0 && i != Plain ? $"See [[{words[_random.Next(words.Count)].Code}]] there.\n\n" : "").Append("It ends here, by the [[Hall Of Nowhere]].\n");
            _files[$"scenes/s{i}.md"] = text.ToString();
        }
    }
}
