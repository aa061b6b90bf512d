using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>The fold of the undo tree against a brute-force one, which keeps the whole of every state.</summary>
internal sealed class StoryTreeFoldTests
{
    private static readonly string[] Paths = ["a.md", "b.md", "scenes/c.md", "d.yaml"];

    [Test]
    public void TheFoldIsWhatKeepingEveryStateGives()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            using var folder = new TemporaryFolder();
            using var store = HistoryStore.Open(folder.Root);
            var model = new Model(store.Tree, new Random(seed));
            for (var step = 0; step < 170; step++)
            {
                model.Step();
                Assert.That(model.Difference(step % 10 == 9), Is.Null, $"seed {seed}, step {step}: {model.Last}");
            }
        }
    }

    /// <summary>Two thousand steps, each checked: what the tree must be, kept as whole maps.</summary>
    private sealed class Model(StoryTree tree, Random random)
    {
        private readonly Dictionary<string, string?> _disk = Paths.ToDictionary(path => path, path => path.StartsWith('b') ? null : (string?)("first " + path));
        private readonly Dictionary<string, string?> _baselines = [];
        private readonly Dictionary<string, Dictionary<string, string?>> _states = new() { ["1"] = [] };
        private readonly Dictionary<string, string> _heads = new() { ["main"] = "1" };
        private string _current = "main";
        private int _text;

        public string Last { get; private set; } = "";

        public void Step()
        {
            switch (random.Next(10))
            {
                case < 3:
                    EditByHand();
                    break;
                case < 7:
                    Record();
                    break;
                case 7:
                    MakeBranch();
                    break;
                default:
                    Checkout();
                    break;
            }
        }

        public string? Difference(bool isThorough)
        {
            if (tree.CurrentBranch.Name != _current)
            {
                return $"the current branch is {tree.CurrentBranch.Name}, not {_current}";
            }

            foreach (var branch in tree.Branches())
            {
                if (_heads[branch.Name] != branch.Head)
                {
                    return $"{branch.Name} is at {branch.Head}, not at {_heads[branch.Name]}";
                }
            }

            foreach (var id in isThorough ? _states.Keys.ToList() : [_heads[_current]])
            {
                var folded = tree.StateAt(id).ToDictionary(file => file.Key, file => file.Value is null ? null : tree.Text(file.Value));
                if (!Whole(id).OrderBy(file => file.Key).SequenceEqual(folded.OrderBy(file => file.Key)))
                {
                    return $"event {id} is {Shown(folded)}, not {Shown(Whole(id))}";
                }
            }

            return null;
        }

        // What a file was when it was first seen, it was in every state before.
        private Dictionary<string, string?> Whole(string id) => _baselines.ToDictionary(file => file.Key, file => _states[id].TryGetValue(file.Key, out var text) ? text : file.Value);

        private void EditByHand()
        {
            var path = Paths[random.Next(Paths.Length)];
            _disk[path] = NewText(_disk[path]);
            Last = "hand edit of " + path;
        }

        private void Record()
        {
            var files = Paths.OrderBy(_ => random.Next()).Take(1 + random.Next(3)).Select(path => new FileTransition(path, _disk[path], NewText(_disk[path]))).ToList();
            Last = "record of " + string.Join(", ", files.Select(file => file.Path));
            var recorded = tree.Record("label", "proposal", null, null, null, files);
            Keep(files.Select(file => (file.Path, file.Before)), recorded.Parent!);
            var state = new Dictionary<string, string?>(_states[_heads[_current]]);
            foreach (var file in files)
            {
                state[file.Path] = _disk[file.Path] = file.After;
            }

            Assert.That(recorded.Parent, Is.EqualTo(_heads[_current]), Last);
            Move(recorded.Id, state);
        }

        private void MakeBranch()
        {
            var name = "branch-" + _heads.Count;
            var at = _states.Keys.ElementAt(random.Next(_states.Count));
            Last = $"branch {name} at {at}";
            tree.CreateBranch(name, at);
            _heads[name] = at;
        }

        private void Checkout()
        {
            var asked = random.Next(2) == 0 ? _heads.Keys.ElementAt(random.Next(_heads.Count)) : _states.Keys.ElementAt(random.Next(_states.Count));
            Last = "checkout of " + asked;
            var target = _heads.GetValueOrDefault(asked, asked);
            var plan = tree.PlanCheckout(asked, path => _disk[path]);
            var wanted = Whole(target);
            var today = new Dictionary<string, string?>(_disk);
            var after = StoryTreeTests.Applied(_disk, plan.Change);
            var branch = tree.Commit(plan);
            Keep(_baselines.Keys.ToList().Select(path => (path, today[path])), tree.Branches().Single(each => each.Name == _current).Head);
            _heads.TryAdd(branch, target);
            if (asked != _current)
            {
                foreach (var (path, text) in wanted)
                {
                    today[path] = text;
                }
            }

            Assert.That(after, Is.EqualTo(today), Last);
            _current = branch;
            foreach (var (path, text) in after)
            {
                _disk[path] = text;
            }
        }

        // What the tree saw for the first time was always so; what it had otherwise was edited by hand, and is an event of that id.
        private void Keep(IEnumerable<(string Path, string? Text)> seen, string newest)
        {
            var known = Whole(_heads[_current]);
            var state = new Dictionary<string, string?>(_states[_heads[_current]]);
            var isEdited = false;
            foreach (var (path, text) in seen)
            {
                if (!known.TryGetValue(path, out var was))
                {
                    _baselines[path] = text;
                }
                else if (was != text)
                {
                    state[path] = text;
                    isEdited = true;
                }
            }

            if (isEdited)
            {
                Move(newest, state);
            }
        }

        private void Move(string id, Dictionary<string, string?> state)
        {
            Assert.That(_states.TryAdd(id, state), Is.True, "an event of its own");
            _heads[_current] = id;
        }

        private string? NewText(string? now) => now is not null && random.Next(5) == 0 ? null : $"text {++_text}\r\nend";

        private static string Shown(Dictionary<string, string?> state) => string.Join("; ", state.OrderBy(file => file.Key).Select(file => file.Key + "=" + (file.Value ?? "none")));
    }
}
