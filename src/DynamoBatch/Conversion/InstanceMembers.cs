using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using DynamoBatch.Core;

namespace DynamoBatch.Conversion;

/// <summary>
/// Reads the properties of a property bag (what Import-Csv, ConvertFrom-Json and Select-Object make) without the copies that
/// enumerating PSObject.Properties makes: several times faster, and never less than all of them.
/// <para>
/// Why it is safe. PSObject.Properties is the object's own members, then those that the type table (Update-TypeData) and the
/// adapter add. The own ones are read here, from the list that Properties copies. Properties.FirstOrDefault walks all three
/// sources, by name, without copying: asked for a name that none has, it counts them. If the count is that of the own members
/// there is nothing else; if not, the caller enumerates Properties. Both are internals of PowerShell 7; where they are missing
/// or give another answer than Properties does (tried once), nothing of this is used, as in Windows PowerShell 5.1.
/// </para>
/// </summary>
internal sealed class InstanceMembers
{
    private static readonly Func<PSObject, IEnumerable<PSMemberInfo>>? Own = BindOwn();
    private static readonly Func<PSMemberInfo, bool>? Hidden = BindHidden();
    private static readonly Type? PredicateType = typeof(PSObject).Assembly.GetType("System.Management.Automation.MemberNamePredicate");
    private static readonly Func<PSMemberInfoCollection<PSPropertyInfo>, object, PSPropertyInfo?>? Walk = BindWalk();

    private readonly object? _countAndGoOn;
    private int _counted;

    private InstanceMembers() => _countAndGoOn = PredicateType == null ? null : Delegate.CreateDelegate(PredicateType, this, nameof(CountAndGoOn));

    /// <summary>A reader, or null where this PowerShell does not allow it.</summary>
    internal static InstanceMembers? TryCreate()
    {
        if (Own == null || Hidden == null || Walk == null)
        {
            return null;
        }

        try
        {
            var reader = new InstanceMembers();
            return reader.IsRight() ? reader : null;
        }
        catch (Exception ex) when (ex is MemberAccessException or InvalidCastException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The object's own members, in order: not all are properties.</summary>
    /// <param name="bag">A property bag.</param>
    [MethodImpl(Jit.Hot)]
    internal static IEnumerable<PSMemberInfo> Of(PSObject bag) => Own!(bag);

    /// <summary>Whether PowerShell hides the member from an enumeration.</summary>
    [MethodImpl(Jit.Hot)]
    internal static bool IsHidden(PSMemberInfo member) => Hidden!(member);

    /// <summary>How many properties the object has, of its own (hidden ones too) and by its type.</summary>
    /// <param name="bag">A property bag.</param>
    [MethodImpl(Jit.Hot)]
    internal int CountAll(PSObject bag)
    {
        _counted = 0;
        Walk!(bag.Properties, _countAndGoOn!);
        return _counted;
    }

    private static Func<PSObject, IEnumerable<PSMemberInfo>>? BindOwn()
    {
        var getter = typeof(PSObject).GetProperty("InstanceMembers", BindingFlags.Instance | BindingFlags.NonPublic)?.GetMethod;
        return getter == null || !typeof(IEnumerable<PSMemberInfo>).IsAssignableFrom(getter.ReturnType)
            ? null
            : (Func<PSObject, IEnumerable<PSMemberInfo>>)Delegate.CreateDelegate(typeof(Func<PSObject, IEnumerable<PSMemberInfo>>), getter);
    }

    private static Func<PSMemberInfo, bool>? BindHidden()
    {
        var getter = typeof(PSMemberInfo).GetProperty("IsHidden", BindingFlags.Instance | BindingFlags.NonPublic)?.GetMethod;
        return getter?.ReturnType == typeof(bool) ? (Func<PSMemberInfo, bool>)Delegate.CreateDelegate(typeof(Func<PSMemberInfo, bool>), getter) : null;
    }

    private static Func<PSMemberInfoCollection<PSPropertyInfo>, object, PSPropertyInfo?>? BindWalk()
    {
        var method = PredicateType == null ? null : typeof(PSMemberInfoCollection<PSPropertyInfo>).GetMethod(
            "FirstOrDefault", BindingFlags.Instance | BindingFlags.NonPublic, null, [PredicateType], null);
        if (method == null || method.ReturnType != typeof(PSPropertyInfo))
        {
            return null;
        }

        var collection = Expression.Parameter(typeof(PSMemberInfoCollection<PSPropertyInfo>));
        var predicate = Expression.Parameter(typeof(object));
        var call = Expression.Call(collection, method, Expression.Convert(predicate, PredicateType!));
        return Expression.Lambda<Func<PSMemberInfoCollection<PSPropertyInfo>, object, PSPropertyInfo?>>(call, collection, predicate).Compile();
    }

    private bool IsRight()
    {
        var bag = new PSObject();
        bag.Properties.Add(new PSNoteProperty("a", 1));
        bag.Properties.Add(new PSNoteProperty("b", 2));
        var own = new List<string>();
        foreach (var member in Of(bag))
        {
            own.Add(member.Name);
        }

        return own.Count == 2 && own[0] == "a" && own[1] == "b" && CountAll(bag) == 2 &&
            CountAll(PSObject.AsPSObject(new Version(1, 2))) > 2;
    }

    private bool CountAndGoOn(string name)
    {
        _ = name;
        _counted++;
        return false;
    }
}
