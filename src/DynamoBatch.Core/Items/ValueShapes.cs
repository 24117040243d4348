using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security;
using System.Threading;
using System.Threading.Tasks;

namespace DynamoBatch.Core.Items;

/// <summary>Sorts types by shape, each once. PowerShell's and AWS's types are known by name, since none of them is referenced here.</summary>
internal sealed class ValueShapes
{
    private static readonly string[] Refused =
    [
        "System.Management.Automation.ScriptBlock",
        "System.Management.Automation.PSCredential",
        "System.Management.Automation.PSMethod",
        "System.Net.NetworkCredential",
    ];

    // Their elements look like lists or objects and would be stored as something else, silently.
    private static readonly string[] RefusedNamespaces = ["System.Text.Json", "Newtonsoft.Json.Linq", "Amazon.DynamoDBv2.DocumentModel", "System.Reflection"];

    private static readonly Type[] RefusedBases =
    [
        typeof(Delegate), typeof(Type), typeof(MemberInfo), typeof(Assembly), typeof(Module), typeof(Stream), typeof(TextReader), typeof(TextWriter),
        typeof(SecureString), typeof(Task), typeof(Thread), typeof(WaitHandle), typeof(IntPtr), typeof(UIntPtr), typeof(Pointer),
        typeof(CancellationToken),
    ];

    private readonly Dictionary<Type, ValueShape> _shapes = [];

    /// <summary>The shape of a type.</summary>
    internal ValueShape Of(Type type)
    {
        if (!_shapes.TryGetValue(type, out var shape))
        {
            shape = Classify(type);
            _shapes.Add(type, shape);
        }

        return shape;
    }

    private static ValueShape Classify(Type type)
    {
        if (type.FullName == ForeignAttributeValue.TypeName)
        {
            return ValueShape.AttributeValue;
        }

        if (IsRefused(type))
        {
            return ValueShape.Unsupported;
        }

        if (typeof(IDictionary).IsAssignableFrom(type))
        {
            return ValueShape.Dictionary;
        }

        var interfaces = type.GetInterfaces().Where(i => i.IsGenericType).Select(i => i.GetGenericTypeDefinition()).ToList();
        if (interfaces.Contains(typeof(IDictionary<,>)) || interfaces.Contains(typeof(IReadOnlyDictionary<,>)))
        {
            return ValueShape.Pairs;
        }

        if (interfaces.Contains(typeof(ISet<>)) || interfaces.Any(i => i.FullName == "System.Collections.Generic.IReadOnlySet`1"))
        {
            return ValueShape.Set;
        }

        return typeof(IEnumerable).IsAssignableFrom(type) ? ValueShape.Sequence : ValueShape.Members;
    }

    private static bool IsRefused(Type type)
    {
        if (Array.Exists(RefusedBases, b => b.IsAssignableFrom(type)) ||
            (typeof(IEnumerator).IsAssignableFrom(type) && !typeof(IEnumerable).IsAssignableFrom(type)))
        {
            return true;
        }

        for (var t = type; t != null; t = t.BaseType)
        {
            if (Array.IndexOf(Refused, t.FullName) >= 0 ||
                Array.Exists(RefusedNamespaces, n => t.Namespace == n || t.Namespace?.StartsWith(n + ".", StringComparison.Ordinal) == true))
            {
                return true;
            }
        }

        return false;
    }
}
