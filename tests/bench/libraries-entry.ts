// The libraries of the popup, with the parts that it uses and nothing else: a floor for its size.
import { createContext, h, render } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';

Object.assign(globalThis, { used: [h, render, createContext, useContext, useEffect, useState, browser] });
